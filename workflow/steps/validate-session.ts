/** Refuses to enroll anyone for a checkout session that does not match the catalogue and the student. */

import { namedStudentAndCourse } from "../checkout/named-student-and-course.ts";
import { AmountMismatch, CourseNotFound, InvalidSession, StudentNotFound } from "../errors.ts";
import { formatMoney } from "../money.ts";
import { isSettled, type PaymentEvent } from "../payment-event.ts";
import type { CourseStore, StudentStore } from "../ports/stores.ts";

/**
 * Reads the stores only, never the payment provider: Stripe allows about 100 calls a second, and the event was signed.
 * @throws InvalidSession, CourseNotFound, StudentNotFound, AmountMismatch
 */
export async function validateSession(
  event: PaymentEvent,
  stores: CourseStore & StudentStore,
): Promise<void> {
  // A session that was never paid owes nobody anything, so there is nothing to hold it against.
  if (!isSettled(event.paymentStatus)) return;

  const { userId, courseId } = namedStudentAndCourse(event);
  const [course, student] = await Promise.all([stores.findCourse(courseId), stores.findStudent(userId)]);

  if (!course) throw new CourseNotFound(`course ${courseId} does not exist`);
  if (!student) throw new StudentNotFound(`student ${userId} does not exist`);
  if (course.pricingModel !== "paid")
    throw new InvalidSession(`course ${courseId} is ${course.pricingModel}, not paid`);
  if (event.amountSubtotal !== course.unitAmount || event.currency !== course.currency) {
    throw new AmountMismatch(
      `session ${event.checkoutSessionId} charged ${describeAmount(event.amountSubtotal, event.currency)}; ` +
        `course ${courseId} costs ${describeAmount(course.unitAmount, course.currency)}`,
    );
  }
}

/** For programs and for people, who meet it in a dead letter: `490000 huf (HUF 4,900)`. */
function describeAmount(amount: number | null, currency: string | null): string {
  if (amount === null || currency === null) return "no amount";
  return `${amount} ${currency} (${formatMoney(amount, currency)})`;
}
