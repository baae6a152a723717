/** The one thing to do at each stage of a purchase. Whoever has paid is never invited to pay again. */
import type { CheckoutStatusAnswer } from "#workflow/contract.ts";
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
  const { stage, courseId } = purchase;
  const mayWantHelp = stage === "needs_attention" || (stage === "paid" && isSlow);
  return (
    <div className="mt-8 grid justify-items-start gap-6">
      {stage === "enrolled" ? (
        <ButtonLink to={accessUrl ?? `/courses/${courseId}`}>Go to course</ButtonLink>
      ) : null}
      {stage === "open" ? <ButtonLink to={checkoutPath(courseId)}>Back to checkout</ButtonLink> : null}
      {stage === "expired" ? <ButtonLink to={checkoutPath(courseId)}>Start again</ButtonLink> : null}
      {stage === "withdrawn" || stage === "refunded" ? (
        <ButtonLink to={checkoutPath(courseId)}>Buy again</ButtonLink>
      ) : null}
      {mayWantHelp ? <SupportCode checkoutSessionId={checkoutSessionId} /> : null}
      {stage === "processing" || stage === "paid" || stage === "needs_attention" ? (
        <ButtonLink variant="quiet" to="/">
          See all courses
        </ButtonLink>
      ) : null}
    </div>
  );
}

function SupportCode({ checkoutSessionId }: { checkoutSessionId: string }) {
  return (
    <div className="w-full rounded-card border border-warn-line bg-warn-soft p-5 text-sm text-warn">
      <p>If you write to us, give this support code:</p>
      <p className="mt-1 font-mono break-all select-all">{checkoutSessionId}</p>
    </div>
  );
}
