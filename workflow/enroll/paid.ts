/** A paid course opens a checkout session; the enrollment is written when the payment provider says it is paid. */
import type { OpenCheckout, PaidCourse } from "../model.ts";
import { type Buyer, CheckoutRefused, type CheckoutSession } from "../ports/payments.ts";
import { isNotOwed } from "../purchase.ts";
import type { EnrollPorts, EnrollResult } from "./enroll.ts";
import { recordCheckout } from "./record-checkout.ts";

/** Without its customer, without an e-mail address, a spoiled answer, a faster tab: each costs one more try. */
const MOST_TRIES = 6;

/** A student has at most one payable session for a course: two tabs, a reload or going back all get the same. */
export async function enrollPaid(
  student: Buyer,
  course: PaidCourse,
  ports: EnrollPorts,
  triesLeft = MOST_TRIES,
): Promise<EnrollResult> {
  if (triesLeft === 0)
    throw new Error(`no checkout could be opened for ${course.courseId} in ${MOST_TRIES} tries`);
  const tryAgain = (asStudent = student) => enrollPaid(asStudent, course, ports, triesLeft - 1);

  const standing = await ports.openCheckouts.findOpenCheckout(student.userId, course.courseId);
  const session = standing && (await findOpenSession(standing, course, ports));
  if (session?.status === "complete" && !session.paymentFailed) {
    return { outcome: "payment-in-progress", checkoutSessionId: session.checkoutSessionId };
  }
  // Whoever was quoted a price may finish at that price, also when the course is retired meanwhile.
  if (session?.status === "open") return paymentNeeded(session);
  if (course.status === "retired") return { outcome: "not-for-sale" };

  const attempt = (standing?.attempt ?? 0) + 1;
  const opened = await ports.payments
    .openCheckout({ student, course, attempt })
    .catch((error: unknown) => (error instanceof CheckoutRefused ? error : Promise.reject(error)));
  if (opened instanceof CheckoutRefused) {
    const { reason, code, param, providerRequestId } = opened;
    if (reason !== "course") return tryAgain(await prepareNextTry(opened, student, course, standing, ports));
    await raiseAttempt(student.userId, course.courseId, standing, ports.openCheckouts);
    return { outcome: "not-for-sale", refusal: { code, param, providerRequestId } };
  }
  if (!asksForPriceOf(course, opened)) return refuseOtherPrice(opened, ports);

  if (!(await recordCheckout({ student, course, opened, attempt, previous: standing }, ports))) {
    // Another request was faster with a session of its own; ours must not stay payable beside it.
    await ports.payments.expireCheckout(opened.checkoutSessionId);
    return tryAgain();
  }
  // A payment that came through meanwhile has not seen this session, so it is for us to see the enrollment.
  const enrollment = await ports.enrollments.findEnrollment(student.userId, course.courseId);
  if (!enrollment) return paymentNeeded(opened);
  await ports.payments.expireCheckout(opened.checkoutSessionId);
  return { outcome: "already-enrolled", enrollment };
}

/** A session at another price than the course's is expired; looked at again, since it may have been paid just then. */
async function findOpenSession(
  { userId, checkoutSessionId, closedAt }: OpenCheckout,
  course: PaidCourse,
  { payments, purchases }: EnrollPorts,
): Promise<CheckoutSession | undefined> {
  if (!checkoutSessionId || closedAt) return undefined;
  const session = await payments.findCheckout(checkoutSessionId);
  if (session?.status === "complete") {
    // What was withdrawn or paid back is over: the course can be bought again.
    return isNotOwed(await purchases.findPurchase(userId, checkoutSessionId)) ? undefined : session;
  }
  if (session?.status !== "open" || asksForPriceOf(course, session)) return session;
  await payments.expireCheckout(checkoutSessionId);
  return payments.findCheckout(checkoutSessionId);
}

/** @returns the student as the next try asks */
async function prepareNextTry(
  refusal: CheckoutRefused,
  student: Buyer,
  { courseId }: PaidCourse,
  standing: OpenCheckout | undefined,
  { students, openCheckouts, now }: EnrollPorts,
): Promise<Buyer> {
  const { userId, stripeCustomerId, ...rest } = student;
  switch (refusal.reason) {
    case "customer":
      if (!stripeCustomerId) throw refusal;
      await students.unlinkCustomer(userId, stripeCustomerId, now().toISOString());
      return { userId, ...rest };
    case "email":
      if (!student.email) throw refusal;
      return { ...student, email: "" };
    default:
      await raiseAttempt(userId, courseId, standing, openCheckouts);
      return student;
  }
}

/**
 * The provider may keep a failure under the attempt's key, and would repeat it after the cause is mended. Whoever is
 * faster raises it for all, so that two tabs ask for the same next one.
 */
async function raiseAttempt(
  userId: string,
  courseId: string,
  standing: OpenCheckout | undefined,
  openCheckouts: EnrollPorts["openCheckouts"],
): Promise<void> {
  const attempt = (standing?.attempt ?? 0) + 1;
  await openCheckouts.replaceOpenCheckout({ ...standing, userId, courseId, attempt }, standing);
}

/** No form at a price that the catalogue does not name: found out before any money moves. */
async function refuseOtherPrice(session: CheckoutSession, { payments }: EnrollPorts): Promise<EnrollResult> {
  await payments.expireCheckout(session.checkoutSessionId);
  const asked = `${session.amountSubtotal ?? "no amount"} ${session.currency ?? ""}`.trim();
  return { outcome: "not-for-sale", refusal: { code: "price_differs", param: asked } };
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
