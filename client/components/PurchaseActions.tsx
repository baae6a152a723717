/** The one thing to do at each stage of a purchase. Whoever has paid is never invited to pay again. */
import type { CheckoutStatusAnswer, Stage } from "#workflow/contract.ts";
import { useWords } from "../language.ts";
import { checkoutPath } from "../paths.ts";
import { ButtonLink } from "./Button.tsx";
import { GoToCourse } from "./GoToCourse.tsx";
import { SupportLink } from "./Support.tsx";

interface Props {
  purchase: CheckoutStatusAnswer;
  /** Where the course is taken, if it is taken elsewhere; known once enrolled. */
  accessUrl: string | undefined;
  /** Whether the course can be had now. */
  isOffered: boolean;
  /** True when the purchase stays at its stage for longer than it should. */
  isSlow: boolean;
}

export function PurchaseActions({ purchase, accessUrl, isOffered, isSlow }: Props) {
  const { frame } = useWords();
  const { stage, courseId, enrolled, orderNumber } = purchase;
  const mayWantHelp = stage === "needs_attention" || (stage === "paid" && isSlow);
  return (
    <div className="mt-8 grid justify-items-start gap-6">
      {enrolled ? <GoToCourse courseId={courseId} accessUrl={accessUrl} /> : null}
      {enrolled ? null : <OnceMore stage={stage} courseId={courseId} isOffered={isOffered} />}
      {mayWantHelp ? <OrderNumber orderNumber={orderNumber} /> : null}
      {stage === "processing" || stage === "paid" || stage === "needs_attention" ? (
        <ButtonLink variant="quiet" to="/">
          {frame.allCourses}
        </ButtonLink>
      ) : null}
    </div>
  );
}

/** To the form, of a course that is offered; of one that is not, its page says what can be had. */
function OnceMore({ stage, courseId, isOffered }: { stage: Stage; courseId: string; isOffered: boolean }) {
  const { purchase: words } = useWords();
  const actions: Partial<Record<Stage, string>> = {
    open: words.backToCheckout,
    expired: words.startAgain,
    withdrawn: words.buyAgain,
    refunded: words.buyAgain,
  };
  if (!actions[stage]) return null;
  return isOffered ? (
    <ButtonLink to={checkoutPath(courseId)}>{actions[stage]}</ButtonLink>
  ) : (
    <ButtonLink to={`/courses/${encodeURIComponent(courseId)}`}>{words.seeCourse}</ButtonLink>
  );
}

function OrderNumber({ orderNumber }: { orderNumber: string }) {
  const { purchase } = useWords();
  return (
    <div className="grid w-full gap-1 rounded-card border border-warn-line bg-warn-soft p-5 text-sm text-warn">
      <p>{purchase.support}</p>
      <p className="font-mono select-all">{orderNumber}</p>
      <SupportLink about={orderNumber} />
    </div>
  );
}
