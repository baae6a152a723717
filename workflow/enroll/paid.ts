/** A paid course opens a checkout session; the enrollment is written when the payment provider says it is paid. */
import type { OpenCheckout, PaidCourse, Student } from "../model.ts";
import type { CheckoutSession } from "../ports.ts";
import type { EnrollPorts, EnrollResult } from "./enroll.ts";

/** A student has at most one payable session for a course: two tabs, a reload or going back all get the same. */
export async function enrollPaid(
  student: Student,
  course: PaidCourse,
  ports: EnrollPorts,
): Promise<EnrollResult> {
  const standing = await ports.openCheckouts.findOpenCheckout(student.userId, course.courseId);
  const session = standing && (await ports.payments.findCheckout(standing.checkoutSessionId));

  if (session?.status === "complete" && !session.paymentFailed) {
    return { outcome: "payment-in-progress", checkoutSessionId: session.checkoutSessionId };
  }
  if (session?.status === "open") {
    if (asksForPriceOf(course, session)) return paymentNeeded(session);
    await ports.payments.expireCheckout(session.checkoutSessionId);
  }
  return paymentNeeded(await openCheckout(student, course, standing, ports));
}

async function openCheckout(
  student: Student,
  course: PaidCourse,
  previous: OpenCheckout | undefined,
  ports: EnrollPorts,
): Promise<CheckoutSession> {
  const { userId } = student;
  const { courseId } = course;
  const session = await ports.payments.openCheckout({
    student,
    course,
    idempotencyKey: [
      "checkout",
      userId,
      courseId,
      previous?.checkoutSessionId ?? "first",
      student.stripeCustomerId ?? "new-customer",
      `${course.unitAmount}${course.currency}`,
    ].join("/"),
  });
  const { checkoutSessionId, expiresAt } = session;
  // Losing this write to a faster request is fine: the idempotency key gave both the same session.
  await ports.openCheckouts.replaceOpenCheckout({ userId, courseId, checkoutSessionId, expiresAt }, previous);
  return session;
}

function asksForPriceOf(course: PaidCourse, session: CheckoutSession): boolean {
  return session.amountSubtotal === course.unitAmount && session.currency === course.currency;
}

function paymentNeeded(session: CheckoutSession): EnrollResult {
  if (!session.clientSecret)
    throw new Error(`open session ${session.checkoutSessionId} came without a client secret`);
  return {
    outcome: "payment-needed",
    checkoutSessionId: session.checkoutSessionId,
    clientSecret: session.clientSecret,
  };
}
