/** Checkout sessions and enrollments to test with: Ada's, for TEST-COURSE-003, unless told otherwise. */
import type { Enrollment } from "#workflow/model.ts";
import type { CheckoutSession } from "#workflow/ports/payments.ts";

export const openSession = (overrides: Partial<CheckoutSession> = {}): CheckoutSession => ({
  checkoutSessionId: "cs_test_1",
  status: "open",
  paymentStatus: "unpaid",
  paymentFailed: false,
  clientSecret: "cs_test_1_secret",
  userId: "user-ada",
  courseId: "TEST-COURSE-003",
  amountSubtotal: 4900,
  currency: "usd",
  expiresAt: "2026-11-24T12:00:00.000Z",
  ...overrides,
});

/** Without the payment event that settled it, for tests of which it is no matter. */
export const paidSession = (overrides: Partial<CheckoutSession> = {}): CheckoutSession =>
  openSession({ status: "complete", paymentStatus: "paid", clientSecret: undefined, ...overrides });

export const paidEnrollment = (overrides: Partial<Enrollment> = {}): Enrollment => ({
  userId: "user-ada",
  courseId: "TEST-COURSE-003",
  enrollmentType: "paid",
  enrolledAt: "2026-11-23T12:00:00.000Z",
  paymentStatus: "completed",
  progress: 0,
  completed: false,
  ...overrides,
});
