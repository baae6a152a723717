/** The one thing to do at each stage of a purchase. Whoever has paid is never invited to pay again. */
import type { CheckoutStatusAnswer } from "#workflow/contract.ts";
import { useWords } from "../language.ts";
import { checkoutPath } from "../paths.ts";
import { ButtonLink } from "./Button.tsx";

interface Props {
  purchase: CheckoutStatusAnswer;
  checkoutSessionId: string;
  /** Where the course is taken, if it is taken elsewhere; known once enrolled. */
  accessUrl: string | undefined;
  /** True when the purchase stays at its stage for longer than it should. */
  isSlow: boolean;
}

export function PurchaseActions({ purchase, checkoutSessionId, accessUrl, isSlow }: Props) {
  const { frame, purchase: words } = useWords();
  const { stage, courseId } = purchase;
  const mayWantHelp = stage === "needs_attention" || (stage === "paid" && isSlow);
  return (
    <div className="mt-8 grid justify-items-start gap-6">
      {stage === "enrolled" ? (
        <ButtonLink to={accessUrl ?? `/courses/${courseId}`}>{frame.goToCourse}</ButtonLink>
      ) : null}
      {stage === "open" ? <ButtonLink to={checkoutPath(courseId)}>{words.backToCheckout}</ButtonLink> : null}
      {stage === "expired" ? <ButtonLink to={checkoutPath(courseId)}>{words.startAgain}</ButtonLink> : null}
      {stage === "withdrawn" || stage === "refunded" ? (
        <ButtonLink to={checkoutPath(courseId)}>{words.buyAgain}</ButtonLink>
      ) : null}
      {mayWantHelp ? <SupportCode checkoutSessionId={checkoutSessionId} /> : null}
      {stage === "processing" || stage === "paid" || stage === "needs_attention" ? (
        <ButtonLink variant="quiet" to="/">
          {frame.allCourses}
        </ButtonLink>
      ) : null}
    </div>
  );
}

function SupportCode({ checkoutSessionId }: { checkoutSessionId: string }) {
  const { purchase } = useWords();
  return (
    <div className="w-full rounded-card border border-warn-line bg-warn-soft p-5 text-sm text-warn">
      <p>{purchase.support}</p>
      <p className="mt-1 font-mono break-all select-all">{checkoutSessionId}</p>
    </div>
  );
}
