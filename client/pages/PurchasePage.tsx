/** `/checkout/return?session_id=cs_...`: how far a purchase has come, as the API says it, until it has ended. */
import { useEffect } from "react";
import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { getCourse } from "../api.ts";
import { isFinal, notFound } from "../api-error.ts";
import { Button } from "../components/Button.tsx";
import { Heading } from "../components/Heading.tsx";
import { Notice } from "../components/Notice.tsx";
import { PurchaseActions } from "../components/PurchaseActions.tsx";
import { PurchaseTimeline } from "../components/PurchaseTimeline.tsx";
import { Problem } from "../components/RouteError.tsx";
import { describePurchase } from "../purchase-words.ts";
import { currentSession } from "../sign-in.ts";
import { forgetPurchase, rememberPurchase } from "../unfinished-purchases.ts";
import { readPurchase, usePurchase, useSlowness } from "../use-purchase.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const checkoutSessionId = new URL(request.url).searchParams.get("session_id");
  if (!checkoutSessionId) throw notFound("No purchase is named.");
  const first = await readPurchase(checkoutSessionId);
  // The name is a nicety: without it the page says "your course".
  const course = first.purchase && (await getCourse(first.purchase.courseId).catch(() => undefined));
  return { checkoutSessionId, first, courseName: course?.name };
}

export function Component() {
  const { checkoutSessionId, first, courseName } = useLoaderData<typeof loader>();
  return (
    <Purchase
      key={checkoutSessionId}
      checkoutSessionId={checkoutSessionId}
      first={first}
      courseName={courseName ?? "your course"}
    />
  );
}

interface Props {
  checkoutSessionId: string;
  first: Awaited<ReturnType<typeof readPurchase>>;
  courseName: string;
}

function Purchase({ checkoutSessionId, first, courseName }: Props) {
  const { purchase, problem, isChecking, checkNow } = usePurchase(checkoutSessionId, first);
  const isSlow = useSlowness(purchase?.stage);
  useRememberedPurchase(checkoutSessionId, purchase);
  if (isFinal(problem)) return <Problem error={problem} />;

  const words = purchase
    ? describePurchase(purchase, courseName, isSlow)
    : { heading: "Checking your purchase", explanation: "We are asking how far it has come." };

  return (
    <div data-testid={purchase && `stage-${purchase.stage}`} className="mx-auto max-w-xl">
      <Heading>{words.heading}</Heading>
      <output className="mt-4 block text-lg text-pretty text-muted">{words.explanation}</output>
      {problem ? (
        <div className="mt-6">
          <Notice
            tone="warn"
            role="alert"
            title={problem.message}
            action={
              <Button variant="quiet" isBusy={isChecking} onClick={checkNow}>
                Retry
              </Button>
            }
          >
            <p className="mt-0.5">Your purchase is not affected. This page keeps trying by itself.</p>
          </Notice>
        </div>
      ) : null}
      {purchase && purchase.stage !== "expired" && purchase.stage !== "open" ? (
        <div className="mt-8 rounded-card border border-line bg-surface p-6 shadow-card sm:p-8">
          <PurchaseTimeline stage={purchase.stage} />
        </div>
      ) : null}
      {purchase ? (
        <PurchaseActions purchase={purchase} checkoutSessionId={checkoutSessionId} isSlow={isSlow} />
      ) : null}
    </div>
  );
}

/** Lets the catalogue lead back here until the purchase has ended. */
function useRememberedPurchase(checkoutSessionId: string, purchase: Props["first"]["purchase"]) {
  useEffect(() => {
    if (!purchase) return;
    const { courseId, stage } = purchase;
    void currentSession().then((session) => {
      if (!session) return;
      if (stage === "enrolled" || stage === "expired") forgetPurchase(session.userId, courseId);
      else rememberPurchase(session.userId, { courseId, checkoutSessionId });
    });
  }, [checkoutSessionId, purchase]);
}
