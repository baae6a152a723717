/** The records with which the adapters are tried. */
import type { Enrollment, OpenCheckout, Student } from "#workflow/model.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { Purchase } from "#workflow/purchase.ts";

export const AT = "2026-11-01T10:00:00.000Z";
export const LATER = "2026-11-02T10:00:00.000Z";

export const ADA: Student = {
  userId: "ada",
  email: "ada@example.com",
  name: "Ada",
  emailVerified: true,
  signUpMethod: "email",
  createdAt: AT,
  updatedAt: AT,
};

export const COURSES = ["c1", "c2", "c3"].map((courseId) => ({
  courseId,
  name: `Course ${courseId}`,
  description: "",
  instructor: "Grace",
  pricingModel: "paid" as const,
  unitAmount: 4900,
  currency: "usd",
}));

export const checkout = (
  checkoutSessionId: string,
  attempt: number,
): OpenCheckout & { checkoutSessionId: string } => ({
  userId: ADA.userId,
  courseId: "c1",
  checkoutSessionId,
  expiresAt: LATER,
  attempt,
});

export const enrollment = (courseId: string, enrolledAt: string): Enrollment => ({
  userId: ADA.userId,
  courseId,
  enrollmentType: "paid",
  enrolledAt,
  paymentStatus: "completed",
  stripeSessionId: `cs_${courseId}`,
  progress: 0,
  completed: false,
});

export const purchase = (checkoutSessionId: string): Purchase => ({
  userId: ADA.userId,
  courseId: "c1",
  checkoutSessionId,
  unitAmount: 4900,
  currency: "usd",
  courseName: "Course c1",
  openedAt: AT,
  expiresAt: LATER,
});

export const settlement = (checkoutSessionId: string): PaymentEvent => ({
  eventId: `evt_${checkoutSessionId}`,
  eventType: "checkout.session.completed",
  occurredAt: AT,
  livemode: false,
  checkoutSessionId,
  paymentStatus: "paid",
  amountSubtotal: 4900,
  amountTotal: 4900,
  currency: "usd",
  clientReferenceId: ADA.userId,
  userId: ADA.userId,
  courseId: "c1",
  customerId: null,
  paymentIntentId: "pi_1",
});
