import { describe, expect, test } from "vitest";
import { paymentEvent } from "#test/support/payment-events.ts";
import { decision, NOON, openPurchase, settledPurchase } from "#test/support/purchases.ts";
import { isSettled, type PaymentEvent } from "#workflow/payment-event.ts";
import { awaitsDecision, chargeOf, isBarred, isNotOwed, type Purchase, quoteOf } from "#workflow/purchase.ts";

const refundOf = (amount: number) => ({ amount, isFull: amount === 4900, at: NOON });
const decided = (kind: "withdrawn" | "transferred" | "closed" | "waived") => ({
  decision: decision({ kind }),
});

describe("what was agreed", () => {
  test("is the amount and its currency", () => {
    expect(quoteOf(openPurchase())).toEqual({ unitAmount: 4900, currency: "usd" });
  });

  test.each(["unitAmount", "currency"] as const)("is nothing without its %s", (field) => {
    const { [field]: _gone, ...rest } = openPurchase();
    expect(quoteOf(rest)).toBeUndefined();
  });
});

describe("what was charged", () => {
  const charge = (settlement: Partial<PaymentEvent>, more: Partial<Purchase> = {}) =>
    chargeOf(settledPurchase({ settlement: paymentEvent(settlement), ...more }));

  test.each<[string, Partial<PaymentEvent>, object]>([
    ["is the price", { amountDiscount: 0, amountTax: 0 }, { amountTotal: 4900 }],
    [
      "has a code's discount in it",
      { amountDiscount: 980, amountTotal: 3920 },
      { amountTotal: 3920, amountDiscount: 980 },
    ],
    [
      "has tax on top of it",
      { amountDiscount: 980, amountTax: 745, amountTotal: 4665 },
      { amountTotal: 4665, amountDiscount: 980, amountTax: 745, isTaxIncluded: false },
    ],
    [
      "has tax in it",
      { amountDiscount: 0, amountTax: 782, amountTotal: 4900 },
      { amountTotal: 4900, amountTax: 782, isTaxIncluded: true },
    ],
  ])("%s", (_what, settlement, expected) => {
    expect(charge(settlement)).toEqual({
      currency: "usd",
      settledAt: NOON,
      document: "receipt",
      ...expected,
    });
  });

  test("is nothing by a code over all of it, and then there is no receipt", () => {
    const settlement = { amountDiscount: 4900, amountTotal: 0, paymentIntentId: null };
    const expected = { amountTotal: 0, amountDiscount: 4900, currency: "usd", settledAt: NOON };
    expect(charge(settlement)).toEqual(expected);
    expect(charge(settlement, { isInvoiced: true })).toEqual(expected);
  });

  test("is told by an invoice where one is written", () => {
    expect(charge({}, { isInvoiced: true })).toMatchObject({ document: "invoice" });
    expect(chargeOf(openPurchase({ isInvoiced: true }))).toEqual({});
  });
});

test.each([
  ["needs_response", "open"],
  ["under_review", "open"],
  ["warning_needs_response", "open"],
  ["won", "refused"],
  ["warning_closed", "refused"],
  ["lost", "granted"],
])("a dispute that those who sell call %s is, for the student, %s", (status, dispute) => {
  expect(chargeOf(settledPurchase({ disputed: { status, at: NOON } }))).toMatchObject({ dispute });
  expect(chargeOf(settledPurchase({ refunded: refundOf(100) }))).toMatchObject({ amountRefunded: 100 });
});

test.each<[string, Partial<Purchase> | undefined, { barred: boolean; notOwed: boolean; awaits: boolean }]>([
  ["nobody knows of", undefined, { barred: false, notOwed: false, awaits: false }],
  ["is settled", {}, { barred: false, notOwed: false, awaits: false }],
  ["is withdrawn", decided("withdrawn"), { barred: true, notOwed: true, awaits: false }],
  ["is another student's now", decided("transferred"), { barred: true, notOwed: true, awaits: false }],
  ["is closed", decided("closed"), { barred: true, notOwed: true, awaits: false }],
  ["is waived", decided("waived"), { barred: false, notOwed: false, awaits: false }],
  ["is paid back in part", { refunded: refundOf(100) }, { barred: false, notOwed: false, awaits: true }],
  ["is all paid back", { refunded: refundOf(4900) }, { barred: false, notOwed: true, awaits: true }],
  [
    "is paid back and waived",
    { refunded: refundOf(100), ...decided("waived") },
    { barred: false, notOwed: false, awaits: false },
  ],
  [
    "is disputed",
    { disputed: { status: "needs_response", at: NOON } },
    { barred: false, notOwed: false, awaits: true },
  ],
  ["has failed", { needsAttention: "evt_1" }, { barred: false, notOwed: false, awaits: true }],
  ["is failing", { failing: "evt_1" }, { barred: false, notOwed: false, awaits: false }],
])("a purchase that %s", (_what, overrides, expected) => {
  const purchase = overrides && settledPurchase(overrides);
  expect({
    barred: isBarred(purchase),
    notOwed: isNotOwed(purchase),
    awaits: purchase ? awaitsDecision(purchase) : false,
  }).toEqual(expected);
});

test.each<[PaymentEvent["eventType"], PaymentEvent["paymentStatus"], boolean]>([
  ["checkout.session.completed", "paid", true],
  ["checkout.session.completed", "no_payment_required", true],
  ["checkout.session.completed", "unpaid", false],
  ["checkout.session.async_payment_succeeded", "paid", true],
  ["checkout.session.async_payment_failed", "unpaid", false],
  ["checkout.session.expired", "unpaid", false],
  ["checkout.session.expired", "no_payment_required", false],
])("%s that is %s owes the course: %s", (eventType, paymentStatus, isOwed) => {
  expect(isSettled(paymentEvent({ eventType, paymentStatus }))).toBe(isOwed);
});
