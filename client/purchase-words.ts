/** What the student is told at each stage of a purchase. */
import type { CheckoutStatusAnswer, Stage } from "#workflow/contract.ts";
import type { Words } from "./words/english.ts";

interface Surroundings {
  words: Words;
  /** Undefined where it is not known. */
  courseName: string | undefined;
  /** Whether the course can be had now; what cannot is not offered once more. */
  isOffered: boolean;
  /** The purchase has been at this stage for longer than it should. */
  isSlow: boolean;
  /** Somebody hears of a purchase that cannot be finished, without the student's saying so. */
  isTold: boolean;
}

type Purchase = Pick<CheckoutStatusAnswer, "stage" | "status" | "enrolled">;

/** @param purchase undefined as long as nothing is known of it */
export function describePurchase(
  purchase: Purchase | undefined,
  { words, courseName: course, isOffered, isSlow, isTold }: Surroundings,
): { heading: string; explanation: string } {
  if (!purchase) return { heading: words.purchase.checking, explanation: words.purchase.checkingNote };
  const situation = situationOf(purchase, isSlow);
  const { heading, explanation } = words.purchase[situation];
  const again: Partial<Record<string, string>> = words.purchase.again;
  const next = again[situation] && (isOffered ? again[situation] : words.purchase.notOffered);
  return { heading, explanation: [explanation({ course, isTold }), next].filter(Boolean).join(" ") };
}

function situationOf({ stage, status, enrolled }: Purchase, isSlow: boolean) {
  if (isPaidTwice({ stage, enrolled })) return "paidTwice";
  if (enrolled && stage === "withdrawn") return "withdrawnOwned";
  if (enrolled && stage === "refunded") return "refundedOwned";
  if (enrolled && stage === "expired") return "expiredOwned";
  if (stage === "paid" && isSlow) return "slow";
  return stage === "expired" && status === "complete" ? "refused" : stage;
}

/** It waits for a person, and the course is the student's already: by another purchase, then. */
export const isPaidTwice = ({ stage, enrolled }: { stage: Stage; enrolled: boolean }): boolean =>
  enrolled && stage === "needs_attention";
