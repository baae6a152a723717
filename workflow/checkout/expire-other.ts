/** Makes the student's other open checkout for a course unpayable once one is paid. */
import type { PaymentEvent } from "../payment-event.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { OpenCheckoutStore } from "../ports/stores.ts";
import { namedStudentAndCourse } from "./named-student-and-course.ts";

/**
 * Ordinarily the open checkout is the paid one, and nobody is asked. Enrolling looks for an enrollment after it has
 * recorded a new checkout, and this looks for a checkout after the enrollment was written: one of them sees the other.
 */
export async function expireOtherCheckout(
  event: PaymentEvent,
  openCheckouts: OpenCheckoutStore,
  payments: Pick<PaymentProvider, "expireCheckout">,
): Promise<void> {
  const { userId, courseId } = namedStudentAndCourse(event);
  const open = await openCheckouts.findOpenCheckout(userId, courseId);
  if (!open || open.closedAt || open.checkoutSessionId === event.checkoutSessionId) return;
  await payments.expireCheckout(open.checkoutSessionId);
}
