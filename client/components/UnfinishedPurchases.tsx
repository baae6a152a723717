/** The purchases that are begun and not finished, each with the way on. */
import { useWords } from "../language.ts";
import { checkoutPath, purchasePath } from "../paths.ts";
import { isPaidTwice } from "../purchase-words.ts";
import type { UnfinishedPurchase } from "../unfinished-purchases.ts";
import { ButtonLink } from "./Button.tsx";
import { Notice } from "./Notice.tsx";

export function UnfinishedPurchases({ purchases }: { purchases: UnfinishedPurchase[] }) {
  const { purchases: words } = useWords();
  if (purchases.length === 0) return null;
  return (
    <section aria-label={words.unfinished} className="mt-8 grid gap-3">
      {purchases.map((purchase) => (
        <Unfinished key={purchase.checkoutSessionId} purchase={purchase} />
      ))}
    </section>
  );
}

function Unfinished({ purchase }: { purchase: UnfinishedPurchase }) {
  const { courseId, courseName, checkoutSessionId, stage } = purchase;
  const { sentence, action } = useWords().purchases.wayOn[isPaidTwice(purchase) ? "paidTwice" : stage];
  return (
    <Notice
      title={courseName}
      action={
        <ButtonLink
          variant="quiet"
          to={stage === "open" ? checkoutPath(courseId) : purchasePath(checkoutSessionId)}
        >
          {action}
        </ButtonLink>
      }
    >
      <p className="mt-0.5">{sentence}</p>
    </Notice>
  );
}
