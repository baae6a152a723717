/** Writes the enrollment that a settled checkout session has paid for, exactly once. */
import { type ExpireOtherPorts, findOtherCheckout } from "../checkout/expire-other.ts";
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
  /** Told once of each enrollment, by the try that has made it. */
  onWritten: () => void;
  /** Told that another checkout of the course may still be payable; the reconciliation expires what is left. */
  onOtherLeftOpen: (error: unknown) => void;
}

interface WrittenEnrollment {
  /** Null: a person has decided meanwhile that this purchase gives no place, and there is none. */
  enrolledAt: string | null;
}

/**
 * The conditional write is what makes it exactly one: a retry after a lost answer finds its own session and is content.
 * @throws DoublePayment when the course was already the student's by another session or without one
 */
export async function writeEnrollment(
  event: PaymentEvent,
  ports: WriteEnrollmentPorts,
): Promise<WrittenEnrollment> {
  const { enrolledAt, isNew } = await createOnce(event, ports);
  const tellIfNew = () => isNew && ports.onWritten();
  const paid = { ...namedStudentAndCourse(event), checkoutSessionId: event.checkoutSessionId };
  // Both look at what stands after the write, and at once, which is one request to the table.
  const [isGone, other] = await Promise.all([
    isTakenBack(event, ports).catch((error: unknown) => {
      // The try after this one will find an enrollment, and cannot know that nobody was told of it.
      tellIfNew();
      throw error;
    }),
    findOtherCheckout(paid, ports).catch((error: unknown) => {
      ports.onOtherLeftOpen(error);
      return undefined;
    }),
  ]);
  if (isGone) return { enrolledAt: null };
  tellIfNew();
  // The enrollment stands: a payment provider that is away must not make it look failed.
  if (other) await ports.payments.expireCheckout(other).catch(ports.onOtherLeftOpen);
  return { enrolledAt };
}

/** @returns whether it is this try that has made it; a try that never heard the answer to its write looks it up */
async function createOnce(
  event: PaymentEvent,
  { enrollments, now }: WriteEnrollmentPorts,
): Promise<{ enrolledAt: string; isNew: boolean }> {
  const enrollment = paidEnrollment(event, now());
  const { userId, courseId, enrolledAt } = enrollment;
  try {
    if (await enrollments.createEnrollment(enrollment)) return { enrolledAt, isNew: true };
  } catch (error) {
    const written = await enrollments.findEnrollment(userId, courseId).catch(() => undefined);
    if (written?.stripeSessionId !== event.checkoutSessionId || written.enrolledAt !== enrolledAt)
      throw error;
    return { enrolledAt, isNew: true };
  }
  const standing = await enrollments.findEnrollment(userId, courseId);
  if (standing?.stripeSessionId === event.checkoutSessionId) {
    return { enrolledAt: standing.enrolledAt, isNew: false };
  }
  throw new DoublePayment(
    `student ${userId} already has course ${courseId} ` +
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
