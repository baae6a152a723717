/** Says how far a purchase has come, from its record, what the payment provider says now and the enrollments. */
import type { Stage } from "../contract.ts";
import type { Enrollment } from "../model.ts";
import { isPaid } from "../payment-event.ts";
import type { CheckoutSession } from "../ports/payments.ts";
import { isBarred, type Purchase } from "../purchase.ts";

/**
 * What the record alone can say. Never claims more than is stored: `enrolled` means that the enrollment exists.
 * @param enrollment the student's in the course, whichever session it came from
 * @param hasFailed the execution that was to enroll has failed
 * @returns undefined while only the payment provider knows
 */
export function recordedStage(
  purchase: Purchase,
  enrollment: Enrollment | undefined,
  hasFailed: boolean,
): Stage | undefined {
  if (isBarred(purchase)) return "withdrawn";
  if (enrollment?.stripeSessionId === purchase.checkoutSessionId) return "enrolled";
  if (purchase.refunded?.isFull) return "refunded";
  // Nothing more is to be expected of a second payment that was said to stay as it is.
  if (enrollment && purchase.decision?.kind === "waived") return "enrolled";
  // Settled, and the course is the student's by another way: paid twice.
  if (purchase.settlement) return enrollment || hasFailed ? "needs_attention" : "paid";
  return purchase.closedAt ? "expired" : undefined;
}

/** What the payment provider says of a session that is not known to be settled. */
export function sessionStage(
  session: Pick<CheckoutSession, "checkoutSessionId" | "status" | "paymentStatus" | "paymentFailed">,
  enrollment: Enrollment | undefined,
): Stage {
  if (enrollment?.stripeSessionId === session.checkoutSessionId) return "enrolled";
  if (session.status === "expired" || session.paymentFailed) return "expired";
  if (session.status === "open") return "open";
  if (!isPaid(session.paymentStatus)) return "processing";
  return enrollment ? "needs_attention" : "paid";
}
