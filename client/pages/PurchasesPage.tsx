/** `/purchases`: what the student has bought or begun to buy, on whichever device, the newest first. */
import { Link, useLoaderData } from "react-router";
import type { PurchaseSummary } from "#workflow/contract.ts";
import { listPurchases } from "../api.ts";
import { ButtonLink } from "../components/Button.tsx";
import { EmptyList } from "../components/EmptyList.tsx";
import { Heading } from "../components/Heading.tsx";
import { ReceiptButton } from "../components/ReceiptButton.tsx";
import { formatDate } from "../dates.ts";
import { amountOf, refundOf } from "../money.ts";
import { checkoutPath, purchasePath } from "../paths.ts";
import { STAGE_WORDS } from "../purchase-words.ts";
import { isUnfinished } from "../unfinished-purchases.ts";

export const loader = listPurchases;

export function Component() {
  const purchases = useLoaderData<PurchaseSummary[]>();
  return (
    <>
      <Heading className="mb-8">Purchases</Heading>
      {purchases.length > 0 ? (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface shadow-card">
          {purchases.map((purchase) => (
            <Purchase key={purchase.checkoutSessionId} purchase={purchase} />
          ))}
        </ul>
      ) : (
        <EmptyList>You have not bought any course yet.</EmptyList>
      )}
    </>
  );
}

function Purchase({ purchase }: { purchase: PurchaseSummary }) {
  const { courseId, courseName, openedAt, stage } = purchase;
  const refund = refundOf(purchase);
  return (
    <li
      data-testid={`purchase-${purchase.checkoutSessionId}`}
      className="flex flex-wrap items-center gap-x-6 gap-y-4 p-5"
    >
      <div className="min-w-0 grow basis-60">
        <h2 className="text-lg leading-snug wrap-anywhere">
          <Link to={`/courses/${encodeURIComponent(courseId)}`} className="hover:underline">
            {courseName}
          </Link>
        </h2>
        <p className="mt-1 text-sm text-muted">{openedAt ? formatDate(openedAt) : null}</p>
      </div>
      <div className="basis-48 max-sm:basis-full">
        <p className="font-medium tabular-nums">{amountOf(purchase)}</p>
        <p className="text-sm text-muted">{STAGE_WORDS[stage]}</p>
        {refund ? <p className="text-sm text-muted tabular-nums">{refund} refunded</p> : null}
      </div>
      <div className="flex flex-wrap gap-2 sm:basis-64 sm:justify-end">
        <WayOn purchase={purchase} />
        {purchase.settledAt ? (
          <ReceiptButton
            checkoutSessionId={purchase.checkoutSessionId}
            label={`Receipt: ${purchase.courseName}`}
          />
        ) : null}
      </div>
    </li>
  );
}

function WayOn({
  purchase: { stage, courseId, courseName, checkoutSessionId },
}: {
  purchase: PurchaseSummary;
}) {
  if (!isUnfinished(stage)) return null;
  const [words, path] =
    stage === "open"
      ? ["Continue checkout", checkoutPath(courseId)]
      : ["Follow", purchasePath(checkoutSessionId)];
  return (
    <ButtonLink variant="quiet" to={path} aria-label={`${words}: ${courseName}`}>
      {words}
    </ButtonLink>
  );
}
