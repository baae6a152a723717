/** Says how far a purchase has come, from what the payment provider and the enrollments say now. */
import type { Stage } from "./contract.ts";
import type { Enrollment } from "./model.ts";
import { isSettled } from "./payment-event.ts";
import type { CheckoutSession } from "./ports.ts";

/** Never claims more than is stored: `enrolled` means that the enrollment exists. */
export function checkoutStage(session: CheckoutSession, enrollment: Enrollment | undefined): Stage {
  if (enrollment?.stripeSessionId === session.checkoutSessionId) return "enrolled";
  if (session.status === "expired" || session.paymentFailed) return "expired";
  if (session.status === "open") return "open";
  if (!isSettled(session.paymentStatus)) return "processing";
  // Settled, and the course is the student's by another way: paid twice.
  return enrollment ? "needs_attention" : "paid";
}
