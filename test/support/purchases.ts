/** Ada's purchase of TEST-COURSE-003 at each of its stages, unless told otherwise. */
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import type { Enrollment } from "#workflow/model.ts";
import type { CheckoutSession } from "#workflow/ports/payments.ts";
import type { Decision, Purchase } from "#workflow/purchase.ts";

export const NOON = "2026-11-23T12:00:00.000Z";

const ids = { userId: student.userId, courseId: paidCourse.courseId, checkoutSessionId: "cs_test_1" };

export const openSession = (overrides: Partial<CheckoutSession> = {}): CheckoutSession => ({
  ...ids,
  status: "open",
  paymentStatus: "unpaid",
  paymentFailed: false,
  clientSecret: "cs_test_1_secret",
  amountSubtotal: 4900,
  amountTotal: 4900,
  currency: "usd",
  createdAt: "2026-11-23T11:00:00.000Z",
  expiresAt: "2026-11-24T11:00:00.000Z",
  ...overrides,
});

export const paidSession = (overrides: Partial<CheckoutSession> = {}): CheckoutSession => {
  const { checkoutSessionId = ids.checkoutSessionId } = overrides;
  return openSession({
    status: "complete",
    paymentStatus: "paid",
    clientSecret: undefined,
    settlement: paymentEvent({ eventId: checkoutSessionId, checkoutSessionId }),
    ...overrides,
  });
};

/** As it is stored before the form is shown. */
export const openPurchase = (overrides: Partial<Purchase> = {}): Purchase => ({
  ...ids,
  unitAmount: 4900,
  currency: "usd",
  courseName: paidCourse.name,
  openedAt: "2026-11-23T11:00:00.000Z",
  expiresAt: "2026-11-24T11:00:00.000Z",
  ...overrides,
});

export const settledPurchase = (overrides: Partial<Purchase> = {}): Purchase =>
  openPurchase({ settlement: paymentEvent(), settledSeenAt: NOON, ...overrides });

export const decision = (overrides: Partial<Decision> = {}): Decision => ({
  kind: "withdrawn",
  reason: "paid back",
  by: "operator",
  at: NOON,
  ...overrides,
});

export const paidEnrollment = (overrides: Partial<Enrollment> = {}): Enrollment => ({
  userId: ids.userId,
  courseId: ids.courseId,
  enrollmentType: "paid",
  enrolledAt: NOON,
  paymentStatus: "completed",
  stripeSessionId: ids.checkoutSessionId,
  progress: 0,
  completed: false,
  ...overrides,
});
