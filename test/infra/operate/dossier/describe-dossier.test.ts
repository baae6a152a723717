import { expect, test } from "vitest";
import { advise } from "#infra/operate/dossier/advise.ts";
import { describeDossier } from "#infra/operate/dossier/describe-dossier.ts";
import type { Dossier, Purchase } from "#infra/operate/dossier/dossier.ts";
import { paidCourse, paymentEvent } from "#test/support/payment-events.ts";
import { paidEnrollment, settledPurchase } from "#test/support/purchases.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";

function purchaseOf(amountTotal: number | undefined, currency: string): Purchase {
  return {
    checkoutSessionId: "cs_test_1",
    orderNumber: "CSTE-ST1",
    session: {
      isOurs: true,
      checkoutSessionId: "cs_test_1",
      status: "complete",
      paymentStatus: "paid",
      amountTotal,
      currency,
      createdAt: "2026-11-23T12:00:00.000Z",
      expiresAt: "2026-11-24T12:00:00.000Z",
    },
    events: [],
    executions: [],
    deadLetters: [],
    decisions: [],
    unreadable: [],
    logQuery: 'filter checkoutSessionId = "cs_test_1"',
    next: { needsPerson: false, text: "Nothing.", acts: [] },
  };
}

function describePurchases(...purchases: Purchase[]): string {
  const course = { ...paidCourse, unitAmount: 500_000, currency: "huf" };
  const dossier: Dossier = {
    query: { id: "cs_test_1", kind: "checkout session" },
    course,
    purchases,
    gaps: [],
  };
  return describeDossier(dossier).replaceAll(/[^\S\n]+/g, " ");
}

test("a dossier writes a course's price and what a session charged as people do", () => {
  const text = describePurchases(purchaseOf(490_050, "huf"), purchaseOf(4900, "jpy"));
  expect(text).toContain("Reliable Payments, HUF 5,000");
  expect(text).toContain("complete, paid, HUF 4,900.50,");
  expect(text).toContain("complete, paid, ¥4,900,");
});

const recordWith = (charge: Partial<PaymentEvent>): Purchase => ({
  ...purchaseOf(charge.amountTotal ?? undefined, "usd"),
  record: settledPurchase({ settlement: paymentEvent(charge) }),
});

test.each<[string, Partial<PaymentEvent>]>([
  ["$49.00", {}],
  [
    "$46.65, $9.80 off by a code, $7.45 of it tax",
    { amountTotal: 4665, amountDiscount: 980, amountTax: 745 },
  ],
  ["nothing, $49.00 off by a code", { amountTotal: 0, amountDiscount: 4900, amountTax: 0 }],
])("a dossier says that what was charged is %s", (words, charge) => {
  expect(describePurchases(recordWith(charge))).toContain(`Charged │ ${words} │`);
});

test.each([
  [4900, /^Paid twice: .* Refund pi_1 in Stripe's dashboard/],
  [0, /nothing was charged, so nothing is to be refunded/],
])(
  "who has the course by another purchase and was charged %i now is to be paid back what there is",
  (amountTotal, words) => {
    const enrollment = paidEnrollment({ stripeSessionId: "cs_test_0" });
    const { next: _next, ...known } = {
      ...purchaseOf(amountTotal, "usd"),
      enrollment,
      paymentIntentId: "pi_1",
    };
    expect(advise(known)).toMatchObject({ needsPerson: true, text: expect.stringMatching(words) as string });
  },
);

test("a dossier says so when a session asked for no amount", () => {
  expect(describePurchases(purchaseOf(undefined, "huf"))).toContain("complete, paid, no amount,");
});
