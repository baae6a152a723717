/** Writes the enrollment that a settled checkout session has paid for, exactly once. */

import { namedStudentAndCourse } from "../checkout/named-student-and-course.ts";
import { DoublePayment } from "../errors.ts";
import type { Enrollment } from "../model.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { EnrollmentStore } from "../ports/stores.ts";

/**
 * The conditional write is what makes it exactly one: a retry after a lost answer finds its own session and is content.
 * @throws DoublePayment when the course was already the student's by another session or without one
 */
export async function writeEnrollment(
  event: PaymentEvent,
  enrollments: EnrollmentStore,
  now: () => Date,
): Promise<{ enrolledAt: string }> {
  const enrollment = paidEnrollment(event, now());
  if (await enrollments.createEnrollment(enrollment)) return { enrolledAt: enrollment.enrolledAt };

  const standing = await enrollments.findEnrollment(enrollment.userId, enrollment.courseId);
  if (standing?.stripeSessionId === event.checkoutSessionId) return { enrolledAt: standing.enrolledAt };
  throw new DoublePayment(
    `student ${enrollment.userId} already has course ${enrollment.courseId} ` +
      `by session ${standing?.stripeSessionId ?? "none"} (${standing?.stripePaymentIntentId ?? "no payment"}) ` +
      `and paid again with session ${event.checkoutSessionId} (${event.paymentIntentId ?? "no payment"})`,
  );
}

function paidEnrollment(event: PaymentEvent, now: Date): Enrollment {
  return {
    ...namedStudentAndCourse(event),
    enrollmentType: "paid",
    enrolledAt: now.toISOString(),
    paymentStatus: "completed",
    stripeSessionId: event.checkoutSessionId,
    ...(event.paymentIntentId && { stripePaymentIntentId: event.paymentIntentId }),
    progress: 0,
    completed: false,
  };
}
