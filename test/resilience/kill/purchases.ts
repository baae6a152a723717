/** The purchases with which a stack is loaded while it is killed; this side plays Stripe, and so knows what was paid. */
import { paidCourse } from "#test/support/payment-events.ts";
import { stripeEvent } from "#test/support/stripe-events.ts";
import type { SessionAtStripe } from "../check/final-stores.ts";
import type { Random } from "../simulation/random.ts";

export interface KillPurchase {
  userId: string;
  eventId: string;
  session: SessionAtStripe;
  payload: string;
  /** Deliveries that were answered 200. */
  accepted: number;
}

/** Put into the catalogue only at the end, so that what paid for it must first become dead letters. */
export const LATE_COURSE = { ...paidCourse, courseId: "LATE-COURSE" };

/** One in five pays for a course that is missing, one in ten pays twice, one in ten has not paid yet. */
export function drawPurchase(index: number, random: Random, earlier: KillPurchase | undefined): KillPurchase {
  const second = earlier !== undefined && random.chance(0.1);
  const userId = second ? earlier.userId : `student-${index}`;
  const courseId = second
    ? (earlier.session.metadata?.["courseId"] ?? paidCourse.courseId)
    : random.chance(0.2)
      ? LATE_COURSE.courseId
      : paidCourse.courseId;
  const session: SessionAtStripe = {
    id: `cs_test_kill${index}`,
    created: 0,
    status: "complete",
    amount_subtotal: paidCourse.unitAmount,
    currency: paidCourse.currency,
    payment_status: random.chance(0.1) ? "unpaid" : "paid",
    client_reference_id: userId,
    metadata: { userId, courseId },
    customer: `cus_${index}`,
    payment_intent: `pi_${index}`,
  };
  const eventId = `evt_kill${index}`;
  const payload = stripeEvent({ id: eventId, session: { ...session } });
  return { userId, eventId, session, payload, accepted: 0 };
}
