import { expect, test } from "vitest";
import { paidEnrollment, paidSession } from "#test/support/purchases.ts";
import { checkoutStage } from "#workflow/checkout/stage.ts";
import type { Stage } from "#workflow/contract.ts";
import type { Enrollment } from "#workflow/model.ts";
import type { CheckoutSession } from "#workflow/ports/payments.ts";

const session = paidSession();

const enrollmentBy = (stripeSessionId: string) => paidEnrollment({ stripeSessionId });

test.each<[string, Partial<CheckoutSession>, Enrollment | undefined, Stage]>([
  ["an open session is open", { status: "open", paymentStatus: "unpaid" }, undefined, "open"],
  ["an expired session is expired", { status: "expired", paymentStatus: "unpaid" }, undefined, "expired"],
  ["a delayed payment is processing", { paymentStatus: "unpaid" }, undefined, "processing"],
  [
    "a delayed payment that failed can start again",
    { paymentStatus: "unpaid", paymentFailed: true },
    undefined,
    "expired",
  ],
  ["a settled session without an enrollment is paid, never enrolled", {}, undefined, "paid"],
  ["a session that cost nothing is settled", { paymentStatus: "no_payment_required" }, undefined, "paid"],
  ["its own enrollment makes it enrolled", {}, enrollmentBy("cs_test_1"), "enrolled"],
  ["an enrollment by another session means paid twice", {}, enrollmentBy("cs_test_0"), "needs_attention"],
])("%s", (_title, overrides, enrollment, stage) => {
  expect(checkoutStage({ ...session, ...overrides }, enrollment)).toBe(stage);
});
