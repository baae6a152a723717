/** Says how far a purchase has come, from what the payment provider and the enrollments say now. */
import type { Stage } from "../contract.ts";
import type { Enrollment } from "../model.ts";
import { isSettled } from "../payment-event.ts";
import type { CheckoutSession } from "../ports/payments.ts";

export type StagedCheckout = Pick<
  CheckoutSession,
  "checkoutSessionId" | "status" | "paymentStatus" | "paymentFailed"
>;

/**
 * Never claims more than is stored: `enrolled` means that the enrollment exists.
 * @param hasFailed the execution that was to enroll has failed
 */
export function checkoutStage(
  session: StagedCheckout,
  enrollment: Enrollment | undefined,
  hasFailed = false,
): Stage {
  if (enrollment?.stripeSessionId === session.checkoutSessionId) return "enrolled";
  if (session.status === "expired" || session.paymentFailed) return "expired";
  if (session.status === "open") return "open";
  if (!isSettled(session.paymentStatus)) return "processing";
  // Settled, and the course is the student's by another way: paid twice.
  return enrollment || hasFailed ? "needs_attention" : "paid";
}
