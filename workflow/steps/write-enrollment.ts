/** Writes the enrollment that a settled checkout session has paid for, exactly once. */
import { type ExpireOtherPorts, expireOtherCheckout } from "../checkout/expire-other.ts";
import { namedStudentAndCourse } from "../checkout/named-student-and-course.ts";
import { DoublePayment } from "../errors.ts";
import type { Enrollment } from "../model.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { EnrollmentStore, PurchaseStore } from "../ports/stores.ts";
import { isBarred } from "../purchase.ts";

export interface WriteEnrollmentPorts extends ExpireOtherPorts {
  enrollments: Pick<EnrollmentStore, "findEnrollment" | "createEnrollment" | "deleteEnrollment">;
  purchases: Pick<PurchaseStore, "findPurchase" | "clearAttention">;
  now: () => Date;
  /** Told that another checkout of the course may still be payable; the reconciliation expires what is left. */
  onOtherLeftOpen: (error: unknown) => void;
}

interface WrittenEnrollment {
  /** Null: a person has decided meanwhile that this purchase gives no place, and there is none. */
  enrolledAt: string | null;
  /** False for a retry that found what an earlier try had written. */
  isNew: boolean;
}

/**
 * The conditional write is what makes it exactly one: a retry after a lost answer finds its own session and is content.
 * @throws DoublePayment when the course was already the student's by another session or without one
 */
export async function writeEnrollment(
  event: PaymentEvent,
  ports: WriteEnrollmentPorts,
): Promise<WrittenEnrollment> {
  const written = await createOnce(event, ports);
  if (await isTakenBack(event, ports)) return { enrolledAt: null, isNew: false };
  // The enrollment stands: a payment provider that is away must not make it look failed.
  const paid = { ...namedStudentAndCourse(event), checkoutSessionId: event.checkoutSessionId };
  await expireOtherCheckout(paid, ports).catch(ports.onOtherLeftOpen);
  return written;
}

async function createOnce(
  event: PaymentEvent,
  { enrollments, now }: WriteEnrollmentPorts,
): Promise<WrittenEnrollment> {
  const enrollment = paidEnrollment(event, now());
  if (await enrollments.createEnrollment(enrollment)) {
    return { enrolledAt: enrollment.enrolledAt, isNew: true };
  }
  const standing = await enrollments.findEnrollment(enrollment.userId, enrollment.courseId);
  if (standing?.stripeSessionId === event.checkoutSessionId) {
    return { enrolledAt: standing.enrolledAt, isNew: false };
  }
  throw new DoublePayment(
    `student ${enrollment.userId} already has course ${enrollment.courseId} ` +
      `by session ${standing?.stripeSessionId ?? "none"} (${standing?.stripePaymentIntentId ?? "no payment"}) ` +
      `and paid again with session ${event.checkoutSessionId} (${event.paymentIntentId ?? "no payment"})`,
  );
}

/**
 * Deciding notes the decision first and then takes the enrollment away; this writes the enrollment first and then looks
 * for a decision: one of them sees the other.
 */
async function isTakenBack(
  event: PaymentEvent,
  { enrollments, purchases }: WriteEnrollmentPorts,
): Promise<boolean> {
  const { userId, courseId } = namedStudentAndCourse(event);
  const { checkoutSessionId } = event;
  const purchase = await purchases.findPurchase(userId, checkoutSessionId);
  if (isBarred(purchase)) {
    await enrollments.deleteEnrollment(userId, courseId, checkoutSessionId);
    return true;
  }
  if (purchase?.needsAttention ?? purchase?.failing) await purchases.clearAttention(purchase);
  return false;
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
