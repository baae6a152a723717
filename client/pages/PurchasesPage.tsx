/** `/purchases`: what the student has bought or begun to buy, on whichever device, the newest first. */
import { useState } from "react";
import { Link, useLoaderData } from "react-router";
import type { PurchaseSummary, PurchasesAnswer } from "#workflow/contract.ts";
import { listPurchases } from "../api.ts";
import { type ApiError, toApiError } from "../api-error.ts";
import { Button, ButtonLink } from "../components/Button.tsx";
import { EmptyList } from "../components/EmptyList.tsx";
import { GoToCourse } from "../components/GoToCourse.tsx";
import { Heading } from "../components/Heading.tsx";
import { Notice } from "../components/Notice.tsx";
import { PurchaseSums } from "../components/PurchaseSums.tsx";
import { ReceiptButton } from "../components/ReceiptButton.tsx";
import { useWords } from "../language.ts";
import { checkoutPath, purchasePath } from "../paths.ts";
import { describeProblem } from "../problem-words.ts";
import { isPaidTwice } from "../purchase-words.ts";
import { isUnfinished } from "../unfinished-purchases.ts";

export const loader = () => listPurchases();

export function Component() {
  const first = useLoaderData<PurchasesAnswer>();
  const { purchases: words } = useWords();
  return (
    <>
      <Heading className="mb-8">{words.heading}</Heading>
      {first.purchases.length > 0 ? <Purchases first={first} /> : <EmptyList>{words.empty}</EmptyList>}
    </>
  );
}

function Purchases({ first }: { first: PurchasesAnswer }) {
  const words = useWords();
  const { purchases, isReading, problem, readOn } = useMorePurchases(first);
  return (
    <div className="grid gap-8">
      <ul className="divide-y divide-line rounded-card border border-line bg-surface shadow-card">
        {purchases.map((purchase) => (
          <Purchase key={purchase.checkoutSessionId} purchase={purchase} />
        ))}
      </ul>
      {problem ? <Notice tone="warn" role="alert" title={describeProblem(problem, words)} /> : null}
      {readOn ? (
        <Button variant="quiet" isBusy={isReading} onClick={readOn} className="justify-self-center">
          {words.purchases.showMore}
        </Button>
      ) : null}
    </div>
  );
}

/** @returns all that were read so far; without `readOn` there are no others */
function useMorePurchases(first: PurchasesAnswer) {
  const [read, setRead] = useState({ first, ...first });
  const [{ isReading, problem }, setState] = useState<{ isReading: boolean; problem?: ApiError }>({
    isReading: false,
  });
  // Loaded anew: that takes the place of all that was read.
  if (read.first !== first) setRead({ first, ...first });
  const { purchases, next } = read;
  const readOn = async () => {
    setState({ isReading: true });
    try {
      const page = await listPurchases(next);
      setRead({ first, purchases: [...purchases, ...page.purchases], next: page.next });
      setState({ isReading: false });
    } catch (error) {
      setState({ isReading: false, problem: toApiError(error) });
    }
  };
  return { purchases, isReading, problem, readOn: next === undefined ? undefined : () => void readOn() };
}

function Purchase({ purchase }: { purchase: PurchaseSummary }) {
  const { purchases: words } = useWords();
  const { checkoutSessionId, courseId, courseName, stage, enrolled, accessUrl, document, dispute } = purchase;
  const isTwice = isPaidTwice(purchase);
  return (
    <li
      data-testid={`purchase-${checkoutSessionId}`}
      className="grid gap-x-8 gap-y-4 p-5 md:grid-cols-[1fr_18rem]"
    >
      <div className="min-w-0">
        <h2 className="text-lg leading-snug wrap-anywhere">
          <Link to={`/courses/${encodeURIComponent(courseId)}`} className="hover:underline">
            {courseName}
          </Link>
        </h2>
        <p className="mt-1 text-sm text-muted">{words.stages[isTwice ? "paidTwice" : stage]}</p>
        {dispute ? <p className="mt-1 text-sm text-muted">{words.dispute[dispute]}</p> : null}
        {purchase.canContinue === false ? (
          <p className="mt-1 text-sm text-muted">{words.notOffered}</p>
        ) : null}
        <div className="mt-4 flex flex-wrap gap-2">
          <WayOn purchase={purchase} />
          {enrolled && (stage === "enrolled" || isTwice) ? (
            <GoToCourse courseId={courseId} accessUrl={accessUrl} courseName={courseName} variant="quiet" />
          ) : null}
          {document ? (
            <ReceiptButton
              checkoutSessionId={checkoutSessionId}
              document={document}
              courseName={courseName}
            />
          ) : null}
        </div>
      </div>
      <PurchaseSums purchase={purchase} />
    </li>
  );
}

function WayOn({ purchase }: { purchase: PurchaseSummary }) {
  const { stage, courseId, courseName: course, checkoutSessionId, canContinue } = purchase;
  const { purchases: words } = useWords();
  if (!isUnfinished(stage) || canContinue === false) return null;
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
