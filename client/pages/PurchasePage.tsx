/** `/checkout/return?session_id=cs_...`: how far a purchase has come, as the API says it, until it has ended. */
import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import type { CheckoutStatusAnswer } from "#workflow/contract.ts";
import { getCourse } from "../api.ts";
import { isFinal, notFound } from "../api-error.ts";
import { Button } from "../components/Button.tsx";
import { Heading } from "../components/Heading.tsx";
import { Notice } from "../components/Notice.tsx";
import { PurchaseActions } from "../components/PurchaseActions.tsx";
import { PurchaseSums } from "../components/PurchaseSums.tsx";
import { PurchaseTimeline } from "../components/PurchaseTimeline.tsx";
import { ReceiptButton } from "../components/ReceiptButton.tsx";
import { Problem } from "../components/RouteError.tsx";
import { useWords } from "../language.ts";
import { describeProblem } from "../problem-words.ts";
import { describePurchase, isPaidTwice } from "../purchase-words.ts";
import { useSeller } from "../seller.ts";
import { readPurchase, usePurchase, useSlowness } from "../use-purchase.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const checkoutSessionId = new URL(request.url).searchParams.get("session_id");
  if (!checkoutSessionId) throw notFound();
  const first = await readPurchase(checkoutSessionId);
  // The name is a nicety: without it the page says "your course".
  const course = first.purchase && (await getCourse(first.purchase.courseId).catch(() => undefined));
  const isOffered = course !== undefined && course.status !== "retired";
  return { checkoutSessionId, first, courseName: course?.name, isOffered };
}

export function Component() {
  const loaded = useLoaderData<typeof loader>();
  return <Purchase key={loaded.checkoutSessionId} {...loaded} />;
}

type Props = Awaited<ReturnType<typeof loader>>;

function Purchase({ checkoutSessionId, first, courseName, isOffered }: Props) {
  const words = useWords();
  const { purchase, accessUrl, problem, isChecking, checkNow } = usePurchase(checkoutSessionId, first);
  const isSlow = useSlowness(purchase?.stage);
  const seller = useSeller();
  if (isFinal(problem)) return <Problem error={problem} />;

  const { heading, explanation } = describePurchase(purchase, {
    words,
    courseName,
    isOffered,
    isSlow,
    isTold: seller.isTold === true,
  });

  return (
    <div data-testid={purchase && `stage-${purchase.stage}`} className="mx-auto max-w-xl">
      <Heading>{heading}</Heading>
      <output className="mt-4 block text-lg text-pretty text-muted">{explanation}</output>
      {problem ? (
        <div className="mt-6">
          <Notice
            tone="warn"
            role="alert"
            title={describeProblem(problem, words)}
            action={
              <Button variant="quiet" isBusy={isChecking} onClick={checkNow}>
                {words.frame.retry}
              </Button>
            }
          >
            <p className="mt-0.5">{words.purchase.keepsTrying}</p>
          </Notice>
        </div>
      ) : null}
      {purchase && purchase.stage !== "expired" && purchase.stage !== "open" ? (
        <div className="mt-8 rounded-card border border-line bg-surface p-6 shadow-card sm:p-8">
          <PurchaseTimeline stage={isPaidTwice(purchase) ? "paidTwice" : purchase.stage} />
          <Charge purchase={purchase} checkoutSessionId={checkoutSessionId} />
        </div>
      ) : null}
      {purchase ? (
        <PurchaseActions purchase={purchase} accessUrl={accessUrl} isOffered={isOffered} isSlow={isSlow} />
      ) : null}
    </div>
  );
}

/** What was paid and when, with the receipt or invoice; nothing before it is known. */
function Charge({
  purchase,
  checkoutSessionId,
}: {
  purchase: CheckoutStatusAnswer;
  checkoutSessionId: string;
}) {
  const { purchases } = useWords();
  if (!purchase.settledAt) return null;
  return (
    <div className="mt-6 grid gap-5 border-t border-line pt-5">
      <PurchaseSums purchase={purchase} />
      {purchase.dispute ? <p className="text-sm text-muted">{purchases.dispute[purchase.dispute]}</p> : null}
      {purchase.document ? (
        <div className="flex justify-end">
          <ReceiptButton checkoutSessionId={checkoutSessionId} document={purchase.document} />
        </div>
      ) : null}
    </div>
  );
}
