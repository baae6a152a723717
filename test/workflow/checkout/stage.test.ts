import { expect, test } from "vitest";
import {
  decision,
  openPurchase,
  openSession,
  paidEnrollment,
  paidSession,
  settledPurchase,
} from "#test/support/purchases.ts";
import { recordedStage, sessionStage } from "#workflow/checkout/stage.ts";
import type { Stage } from "#workflow/contract.ts";
import type { Enrollment } from "#workflow/model.ts";
import type { CheckoutSession } from "#workflow/ports/payments.ts";
import type { Purchase } from "#workflow/purchase.ts";

const ours = paidEnrollment();
const another = paidEnrollment({ stripeSessionId: "cs_test_0" });
const refunded = { amount: 4900, isFull: true, at: "2026-11-24T12:00:00.000Z" };

test.each<[string, CheckoutSession, Enrollment | undefined, Stage]>([
  ["an open session is open", openSession(), undefined, "open"],
  ["an expired session is expired", openSession({ status: "expired" }), undefined, "expired"],
  ["a delayed payment is processing", paidSession({ paymentStatus: "unpaid" }), undefined, "processing"],
  [
    "a delayed payment that failed can start again",
    paidSession({ paymentStatus: "unpaid", paymentFailed: true }),
    undefined,
    "expired",
  ],
  ["a settled session without an enrollment is paid, never enrolled", paidSession(), undefined, "paid"],
  [
    "a session that cost nothing is settled",
    paidSession({ paymentStatus: "no_payment_required" }),
    undefined,
    "paid",
  ],
  [
    "an expired session that would have cost nothing is expired",
    openSession({ status: "expired", paymentStatus: "no_payment_required" }),
    undefined,
    "expired",
  ],
  ["its own enrollment makes it enrolled", paidSession(), ours, "enrolled"],
  ["an enrollment by another session means paid twice", paidSession(), another, "needs_attention"],
])("of a session: %s", (_title, session, enrollment, stage) => {
  expect(sessionStage(session, enrollment)).toBe(stage);
});

test.each<[string, Purchase, Enrollment | undefined, Stage | undefined]>([
  ["one that is open is the payment provider's to tell", openPurchase(), undefined, undefined],
  [
    "one that is closed is expired",
    openPurchase({ closedAt: "2026-11-24T12:00:00.000Z" }),
    undefined,
    "expired",
  ],
  ["a settled one is paid, never enrolled", settledPurchase(), undefined, "paid"],
  ["its own enrollment makes it enrolled", settledPurchase(), ours, "enrolled"],
  ["an enrollment by another session means paid twice", settledPurchase(), another, "needs_attention"],
  ["what was withdrawn is withdrawn", settledPurchase({ decision: decision() }), undefined, "withdrawn"],
  [
    "what was withdrawn stays so until it is carried out",
    settledPurchase({ decision: decision() }),
    ours,
    "withdrawn",
  ],
  [
    "what was bought anew leaves it withdrawn",
    settledPurchase({ decision: decision() }),
    another,
    "withdrawn",
  ],
  [
    "a letter that was closed is withdrawn",
    settledPurchase({ decision: decision({ kind: "closed" }) }),
    undefined,
    "withdrawn",
  ],
  [
    "what was waived stays as it is",
    settledPurchase({ decision: decision({ kind: "waived" }), refunded }),
    ours,
    "enrolled",
  ],
  [
    "a second payment of which a person said that it stays is over",
    settledPurchase({ decision: decision({ kind: "waived" }) }),
    another,
    "enrolled",
  ],
  ["all of it paid back is refunded", settledPurchase({ refunded }), undefined, "refunded"],
  [
    "paid back and still enrolled is enrolled until a person decides",
    settledPurchase({ refunded }),
    ours,
    "enrolled",
  ],
  [
    "a part paid back is paid",
    settledPurchase({ refunded: { ...refunded, isFull: false } }),
    undefined,
    "paid",
  ],
])("of a purchase: %s", (_title, purchase, enrollment, stage) => {
  expect(recordedStage(purchase, enrollment, false)).toBe(stage);
});

test("a purchase whose execution has failed needs attention", () => {
  expect(recordedStage(settledPurchase(), undefined, true)).toBe("needs_attention");
});
