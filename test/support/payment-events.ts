/** Payment events and notices to test with: a settled purchase of TEST-COURSE-003 by Ada, unless told otherwise. */
import type { FreeCourse, PaidCourse, Student } from "#workflow/model.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { PaymentNotice } from "#workflow/payment-notice.ts";

export const paidCourse: PaidCourse = {
  courseId: "TEST-COURSE-003",
  status: "published",
  name: "Reliable Payments",
  description: "",
  instructor: "Barbara Liskov",
  pricingModel: "paid",
  unitAmount: 4900,
  currency: "usd",
  learningObjectives: [],
  curriculum: [],
};

export const freeCourse: FreeCourse = {
  courseId: "TEST-COURSE-001",
  status: "published",
  name: "Programming",
  description: "",
  instructor: "",
  pricingModel: "free",
  learningObjectives: [],
  curriculum: [],
};

export const student: Student = {
  userId: "user-ada",
  email: "ada@example.com",
  name: "Ada Lovelace",
  emailVerified: true,
  signUpMethod: "email",
  createdAt: "2026-11-01T00:00:00.000Z",
  updatedAt: "2026-11-01T00:00:00.000Z",
};

export function paymentEvent(overrides: Partial<PaymentEvent> = {}): PaymentEvent {
  return {
    eventId: "evt_1",
    eventType: "checkout.session.completed",
    occurredAt: "2026-11-23T12:00:00.000Z",
    livemode: false,
    checkoutSessionId: "cs_test_1",
    paymentStatus: "paid",
    amountSubtotal: 4900,
    amountTotal: 4900,
    currency: "usd",
    clientReferenceId: "user-ada",
    userId: "user-ada",
    courseId: "TEST-COURSE-003",
    customerId: "cus_1",
    paymentIntentId: "pi_1",
    ...overrides,
  };
}

/** That all was paid back, unless told otherwise. */
export const paymentNotice = (overrides: Partial<PaymentNotice> = {}): PaymentNotice => ({
  noticeId: "evt_re",
  noticeType: "charge.refunded",
  occurredAt: "2026-11-23T12:30:00.000Z",
  livemode: false,
  paymentIntentId: "pi_1",
  amountRefunded: 4900,
  disputeStatus: null,
  ...overrides,
});
