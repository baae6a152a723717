/** What the student is told at each stage of a purchase. */
import type { CheckoutStatusAnswer } from "#workflow/contract.ts";
import type { Words } from "./words/english.ts";

interface Surroundings {
  words: Words;
  /** Undefined where it is not known. */
  courseName: string | undefined;
  /** The purchase has been at this stage for longer than it should. */
  isSlow: boolean;
}

type Purchase = Pick<CheckoutStatusAnswer, "stage" | "status">;

/** @param purchase undefined as long as nothing is known of it */
export function describePurchase(
  purchase: Purchase | undefined,
  { words, courseName, isSlow }: Surroundings,
): { heading: string; explanation: string } {
  if (!purchase) return { heading: words.purchase.checking, explanation: words.purchase.checkingNote };
  const { heading, explanation } = words.purchase[situationOf(purchase, isSlow)];
  return { heading, explanation: explanation({ course: courseName }) };
}

function situationOf({ stage, status }: Purchase, isSlow: boolean) {
  if (stage === "paid" && isSlow) return "slow";
  return stage === "expired" && status === "complete" ? "refused" : stage;
}
