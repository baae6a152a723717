import { expect, test } from "vitest";
import { describeDossier } from "#infra/operate/dossier/describe-dossier.ts";
import type { Dossier, Purchase } from "#infra/operate/dossier/dossier.ts";
import { paidCourse } from "#test/support/payment-events.ts";

function purchaseOf(amountTotal: number | undefined, currency: string): Purchase {
  return {
    checkoutSessionId: "cs_test_1",
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

test("a dossier says so when a session asked for no amount", () => {
  expect(describePurchases(purchaseOf(undefined, "huf"))).toContain("complete, paid, no amount,");
});
