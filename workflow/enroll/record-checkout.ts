/** Writes down what was agreed and which session is the payable one, before the student is given its form. */
import type { OpenCheckout, PaidCourse, Student } from "../model.ts";
import type { CheckoutSession } from "../ports/payments.ts";
import type { EnrollPorts } from "./enroll.ts";

interface OpenedCheckout {
  student: Student;
  course: PaidCourse;
  opened: CheckoutSession;
  attempt: number;
  /** What stood there when the session was asked for. */
  previous: OpenCheckout | undefined;
}

/** @returns false when another session stands there by now; the same one, by the same idempotency key, is as good */
export async function recordCheckout(
  { student: { userId }, course, opened, attempt, previous }: OpenedCheckout,
  { purchases, openCheckouts, now }: Pick<EnrollPorts, "purchases" | "openCheckouts" | "now">,
): Promise<boolean> {
  const { courseId, name: courseName, unitAmount, currency } = course;
  const { checkoutSessionId, expiresAt, isInvoiced } = opened;
  await purchases.openPurchase({
    userId,
    courseId,
    checkoutSessionId,
    unitAmount,
    currency,
    courseName,
    ...(isInvoiced && { isInvoiced }),
    openedAt: now().toISOString(),
    expiresAt,
  });
  const next = { userId, courseId, checkoutSessionId, expiresAt, attempt };
  if (await openCheckouts.replaceOpenCheckout(next, previous)) return true;
  const standing = await openCheckouts.findOpenCheckout(userId, courseId);
  return standing?.checkoutSessionId === checkoutSessionId;
}
