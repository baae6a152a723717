/** The purchases that are begun and not finished, each with the way on. */
import { useWords } from "../language.ts";
import { checkoutPath, purchasePath } from "../paths.ts";
import type { UnfinishedPurchase } from "../unfinished-purchases.ts";
import { ButtonLink } from "./Button.tsx";
import { Notice } from "./Notice.tsx";

export function UnfinishedPurchases({ purchases }: { purchases: UnfinishedPurchase[] }) {
  const { purchases: words } = useWords();
  if (purchases.length === 0) return null;
  return (
    <section aria-label={words.unfinished} className="mt-8 grid gap-3">
      {purchases.map(({ courseId, courseName, checkoutSessionId, stage }) => (
        <Notice
          key={checkoutSessionId}
          title={courseName}
          action={
            <ButtonLink
              variant="quiet"
              to={stage === "open" ? checkoutPath(courseId) : purchasePath(checkoutSessionId)}
            >
              {words.wayOn[stage].action}
            </ButtonLink>
          }
        >
          <p className="mt-0.5">{words.wayOn[stage].sentence}</p>
        </Notice>
      ))}
    </section>
  );
}
