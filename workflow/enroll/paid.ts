/** A paid course opens a checkout session; the enrollment is written when the payment provider says it is paid. */
import type { OpenCheckout, PaidCourse, Student } from "../model.ts";
import type { CheckoutSession } from "../ports/payments.ts";
import type { EnrollPorts, EnrollResult } from "./enroll.ts";

/** A student has at most one payable session for a course: two tabs, a reload or going back all get the same. */
export async function enrollPaid(
  student: Student,
  course: PaidCourse,
  ports: EnrollPorts,
): Promise<EnrollResult> {
  const standing = await ports.openCheckouts.findOpenCheckout(student.userId, course.courseId);
  const session = standing && (await findOpenSession(standing, course, ports));
  if (session?.status === "complete" && !session.paymentFailed) {
    return { outcome: "payment-in-progress", checkoutSessionId: session.checkoutSessionId };
  }
  if (course.status === "retired") return { outcome: "not-for-sale" };
  if (session?.status === "open") return paymentNeeded(session);

  const opened = await openCheckout(student, course, standing, ports);
  if (!(await recordCheckout(student, course, opened, standing, ports))) {
    // Another request was faster with a session of its own; ours must not stay payable beside it.
    await ports.payments.expireCheckout(opened.checkoutSessionId);
    return enrollPaid(student, course, ports);
  }
  // A payment that came through meanwhile has not seen this session, so it is for us to see the enrollment.
  const enrollment = await ports.enrollments.findEnrollment(student.userId, course.courseId);
  if (!enrollment) return paymentNeeded(opened);
  await ports.payments.expireCheckout(opened.checkoutSessionId);
  return { outcome: "already-enrolled", enrollment };
}

/** A session at another price than the course's is expired; looked at again, since it may have been paid just then. */
async function findOpenSession(
  { checkoutSessionId, closedAt }: OpenCheckout,
  course: PaidCourse,
  { payments }: EnrollPorts,
): Promise<CheckoutSession | undefined> {
  if (closedAt) return undefined;
  const session = await payments.findCheckout(checkoutSessionId);
  if (session?.status !== "open" || asksForPriceOf(course, session)) return session;
  await payments.expireCheckout(checkoutSessionId);
  return payments.findCheckout(checkoutSessionId);
}

function openCheckout(
  student: Student,
  course: PaidCourse,
  previous: OpenCheckout | undefined,
  { payments }: EnrollPorts,
): Promise<CheckoutSession> {
  return payments.openCheckout({
    student,
    course,
    idempotencyKey: [
      "checkout",
      student.userId,
      course.courseId,
      previous?.checkoutSessionId ?? "first",
      student.stripeCustomerId ?? "new-customer",
      `${course.unitAmount}${course.currency}`,
    ].join("/"),
  });
}

/** @returns false when another session stands there by now; the same one, by the same idempotency key, is as good */
async function recordCheckout(
  { userId }: Student,
  { courseId }: PaidCourse,
  { checkoutSessionId, expiresAt }: CheckoutSession,
  previous: OpenCheckout | undefined,
  { openCheckouts }: EnrollPorts,
): Promise<boolean> {
  const next = { userId, courseId, checkoutSessionId, expiresAt };
  if (await openCheckouts.replaceOpenCheckout(next, previous)) return true;
  const standing = await openCheckouts.findOpenCheckout(userId, courseId);
  return standing?.checkoutSessionId === checkoutSessionId;
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
