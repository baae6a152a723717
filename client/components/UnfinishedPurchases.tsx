/** The purchases that are begun and not finished, each with the way on. */
import { checkoutPath, purchasePath } from "../paths.ts";
import type { UnfinishedPurchase, UnfinishedStage } from "../unfinished-purchases.ts";
import { ButtonLink } from "./Button.tsx";
import { Notice } from "./Notice.tsx";

const WORDS: Record<UnfinishedStage, { sentence: string; action: string }> = {
  open: {
    sentence: "You have not paid yet. Your place in checkout is kept for a while.",
    action: "Continue checkout",
  },
  processing: { sentence: "Your bank is still working on the payment.", action: "Follow your payment" },
  paid: {
    sentence: "Your payment has arrived. We are finishing your enrollment.",
    action: "Follow your payment",
  },
  needs_attention: {
    sentence: "Your payment is safe, and we are looking into it.",
    action: "See what happens next",
  },
};

export function UnfinishedPurchases({ purchases }: { purchases: UnfinishedPurchase[] }) {
  if (purchases.length === 0) return null;
  return (
    <section aria-label="Unfinished purchases" className="mt-8 grid gap-3">
      {purchases.map(({ courseId, courseName, checkoutSessionId, stage }) => (
        <Notice
          key={checkoutSessionId}
          title={courseName}
          action={
            <ButtonLink
              variant="quiet"
              to={stage === "open" ? checkoutPath(courseId) : purchasePath(checkoutSessionId)}
            >
              {WORDS[stage].action}
            </ButtonLink>
          }
        >
          <p className="mt-0.5">{WORDS[stage].sentence}</p>
        </Notice>
      ))}
    </section>
  );
}
