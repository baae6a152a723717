/** Does what a decision entails. Every part can be done again, so a crash anywhere is mended by doing all of it once more. */
import { type ExpireOtherPorts, expireOtherCheckout } from "../checkout/expire-other.ts";
import type { Enrollment } from "../model.ts";
import type { EnrollmentStore, OpenCheckoutStore, PurchaseStore } from "../ports/stores.ts";
import { isBarred, type Purchase } from "../purchase.ts";

export interface CarryOutPorts extends ExpireOtherPorts {
  purchases: Pick<PurchaseStore, "findPurchase" | "openPurchase" | "clearAttention">;
  enrollments: Pick<EnrollmentStore, "findEnrollment" | "createEnrollment" | "deleteEnrollment">;
  openCheckouts: Pick<OpenCheckoutStore, "findOpenCheckout" | "closeOpenCheckout">;
  now: () => Date;
}

/** @throws Error when another student is to have the place and has the course by another way meanwhile */
export async function carryOut(purchase: Purchase, ports: CarryOutPorts): Promise<void> {
  const { userId, courseId, checkoutSessionId, decision, settlement } = purchase;
  if (!decision) return;
  // What was erased keeps its enrollment, without the student.
  if (isBarred(purchase) && decision.kind !== "erased") {
    if (decision.to) await giveTo(decision.to, purchase, ports);
    await ports.enrollments.deleteEnrollment(userId, courseId, checkoutSessionId);
    // Whoever still has its form open must not pay for nothing.
    if (!settlement) await ports.payments.expireCheckout(checkoutSessionId);
    // The course can be bought again, by a session of its own.
    await ports.openCheckouts.closeOpenCheckout({ userId, courseId, checkoutSessionId }, decision.at);
    // Whoever has been given it may have been about to buy it.
    if (decision.to) await expireOtherCheckout({ userId: decision.to, courseId, checkoutSessionId }, ports);
  }
  await ports.purchases.clearAttention(purchase);
}

/** The other student has a purchase of their own, so that it can be found, followed and decided about like any. */
async function giveTo(
  userId: string,
  purchase: Purchase,
  { purchases, enrollments, now }: CarryOutPorts,
): Promise<void> {
  const {
    courseId,
    checkoutSessionId,
    decision: _theOthers,
    needsAttention: _mended,
    failing: _too,
    ...agreed
  } = purchase;
  await purchases.openPurchase({ ...agreed, courseId, checkoutSessionId, userId });
  const enrollment: Enrollment = {
    userId,
    courseId,
    enrollmentType: "paid",
    enrolledAt: now().toISOString(),
    paymentStatus: "completed",
    stripeSessionId: checkoutSessionId,
    ...(agreed.settlement?.paymentIntentId && { stripePaymentIntentId: agreed.settlement.paymentIntentId }),
    progress: 0,
    completed: false,
  };
  const isNew = await enrollments.createEnrollment(enrollment);
  // What was decided about theirs stands, too, and may have been decided since: looked at after the write, as a step does.
  if (isBarred(await purchases.findPurchase(userId, checkoutSessionId))) {
    await enrollments.deleteEnrollment(userId, courseId, checkoutSessionId);
    return;
  }
  if (isNew) return;
  const standing = await enrollments.findEnrollment(userId, courseId);
  if (standing?.stripeSessionId === checkoutSessionId) return;
  throw new Error(
    `student ${userId} has course ${courseId} by another purchase, so ${checkoutSessionId} cannot be moved`,
  );
}
