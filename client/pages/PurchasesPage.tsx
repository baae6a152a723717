/** `/purchases`: what the student has bought or begun to buy, on whichever device, the newest first. */
import { Link, useLoaderData } from "react-router";
import type { PurchaseSummary } from "#workflow/contract.ts";
import { listPurchases } from "../api.ts";
import { ButtonLink } from "../components/Button.tsx";
import { EmptyList } from "../components/EmptyList.tsx";
import { Heading } from "../components/Heading.tsx";
import { ReceiptButton } from "../components/ReceiptButton.tsx";
import { formatDate } from "../dates.ts";
import { useLanguage, useWords } from "../language.ts";
import { amountOf, refundOf } from "../money.ts";
import { checkoutPath, purchasePath } from "../paths.ts";
import { isUnfinished } from "../unfinished-purchases.ts";

export const loader = async () => (await listPurchases()).purchases;

export function Component() {
  const { purchases: words } = useWords();
  const purchases = useLoaderData<PurchaseSummary[]>();
  return (
    <>
      <Heading className="mb-8">{words.heading}</Heading>
      {purchases.length > 0 ? (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface shadow-card">
          {purchases.map((purchase) => (
            <Purchase key={purchase.checkoutSessionId} purchase={purchase} />
          ))}
        </ul>
      ) : (
        <EmptyList>{words.empty}</EmptyList>
      )}
    </>
  );
}

function Purchase({ purchase }: { purchase: PurchaseSummary }) {
  const { words, locale } = useLanguage();
  const { courseId, courseName: course, openedAt, stage } = purchase;
  const refund = refundOf(purchase, locale);
  return (
    <li
      data-testid={`purchase-${purchase.checkoutSessionId}`}
      className="flex flex-wrap items-center gap-x-6 gap-y-4 p-5"
    >
      <div className="min-w-0 grow basis-60">
        <h2 className="text-lg leading-snug wrap-anywhere">
          <Link to={`/courses/${encodeURIComponent(courseId)}`} className="hover:underline">
            {course}
          </Link>
        </h2>
        <p className="mt-1 text-sm text-muted">{openedAt ? formatDate(openedAt, locale) : null}</p>
      </div>
      <div className="basis-48 max-sm:basis-full">
        <p className="font-medium tabular-nums">{amountOf(purchase, locale)}</p>
        <p className="text-sm text-muted">{words.purchases.stages[stage]}</p>
        {refund ? (
          <p className="text-sm text-muted tabular-nums">{words.purchases.refunded({ amount: refund })}</p>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-2 sm:basis-64 sm:justify-end">
        <WayOn purchase={purchase} />
        {purchase.settledAt ? (
          <ReceiptButton
            checkoutSessionId={purchase.checkoutSessionId}
            label={words.purchases.receiptOf({ course })}
          />
        ) : null}
      </div>
    </li>
  );
}

function WayOn({
  purchase: { stage, courseId, courseName: course, checkoutSessionId },
}: {
  purchase: PurchaseSummary;
}) {
  const { purchases: words } = useWords();
  if (!isUnfinished(stage)) return null;
  return stage === "open" ? (
    <ButtonLink variant="quiet" to={checkoutPath(courseId)} aria-label={words.continueCheckoutOf({ course })}>
      {words.continueCheckout}
    </ButtonLink>
  ) : (
    <ButtonLink variant="quiet" to={purchasePath(checkoutSessionId)} aria-label={words.followOf({ course })}>
      {words.follow}
    </ButtonLink>
  );
}
