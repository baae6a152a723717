import type { Stripe } from "stripe";
import { describe, expect, test } from "vitest";
import { createStripeSessions } from "#handlers/adapters/stripe/checkout-sessions.ts";
import { createStripePaymentRecords } from "#handlers/adapters/stripe/payment-records.ts";
import { toCheckoutSession } from "#handlers/adapters/stripe/to-checkout-session.ts";
import { NOON, paidSession } from "#test/support/purchases.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";

const ids = { userId: "user-ada", courseId: "TEST-COURSE-003" };
const session = (overrides: object = {}): Stripe.Checkout.Session =>
  ({
    id: "cs_test_1",
    object: "checkout.session",
    status: "complete",
    payment_status: "paid",
    client_secret: null,
    client_reference_id: "user-ada",
    metadata: ids,
    amount_subtotal: 4900,
    amount_total: 4900,
    currency: "usd",
    customer: "cus_1",
    payment_intent: "pi_1",
    livemode: false,
    created: Date.parse("2026-11-23T11:00:00.000Z") / 1_000,
    expires_at: Date.parse("2026-11-24T11:00:00.000Z") / 1_000,
    ...overrides,
  }) as unknown as Stripe.Checkout.Session;

describe("Stripe's checkout session", () => {
  test("that is paid brings what an execution takes as input", () => {
    const expected = paidSession();
    const settlement = { ...expected.settlement, occurredAt: expected.createdAt };
    expect(toCheckoutSession(session())).toEqual({ ...expected, settlement });
  });

  test("brings what was taken off and the tax, so that the total can be explained", () => {
    const total_details = { amount_discount: 980, amount_shipping: 0, amount_tax: 745 };
    expect(toCheckoutSession(session({ amount_total: 4665, total_details })).settlement).toMatchObject({
      amountSubtotal: 4900,
      amountDiscount: 980,
      amountTax: 745,
      amountTotal: 4665,
    });
  });

  test.each([
    ["open", { status: "open", payment_status: "unpaid" }],
    ["processing", { payment_status: "unpaid", payment_intent: { id: "pi_1", status: "processing" } }],
    ["expired", { status: "expired", payment_status: "unpaid" }],
    ["expired and would have cost nothing", { status: "expired", payment_status: "no_payment_required" }],
  ])("that is %s is not settled, and has not failed", (_what, changes) => {
    expect(toCheckoutSession(session(changes))).toMatchObject({
      settlement: undefined,
      paymentFailed: false,
    });
  });

  test.each(["requires_payment_method", "canceled"])("whose payment %s has failed for good", (status) => {
    const changes = { payment_status: "unpaid", payment_intent: { id: "pi_1", status } };
    expect(toCheckoutSession(session(changes))).toMatchObject({ settlement: undefined, paymentFailed: true });
  });

  test.each([
    { status: null },
    { status: "paused" },
    { payment_status: "overpaid" },
    { payment_status: undefined },
  ])("with %o is named and passes for nothing else", (changes) => {
    const read = () => toCheckoutSession(session(changes));
    expect(read).toThrow(UnreadableRecord);
    expect(read).toThrow(/^cs_test_1 cannot be read/);
  });
});

describe("a list of sessions", () => {
  const list = async (sessions: Stripe.Checkout.Session[]) => {
    const stripe = { checkout: { sessions: { list: async () => ({ data: sessions, has_more: false }) } } };
    const unreadable: string[] = [];
    const found: string[] = [];
    const records = createStripePaymentRecords(async () => stripe as never, "bursar");
    for await (const one of records.listCheckouts({ since: new Date(NOON), until: new Date() }, ({ key }) =>
      unreadable.push(key),
    ))
      found.push(one.checkoutSessionId);
    return { found, unreadable };
  };

  test("goes on after one that cannot be read, which is named", async () => {
    const sessions = [
      session({ id: "cs_1" }),
      session({ id: "cs_odd", status: null }),
      session({ id: "cs_2" }),
    ];
    await expect(list(sessions)).resolves.toEqual({ found: ["cs_1", "cs_2"], unreadable: ["cs_odd"] });
  });

  test("is of ours only, and nobody is told of a foreign one that cannot be read", async () => {
    const foreign = session({ id: "cs_foreign", metadata: { deployment: "other", ...ids }, status: null });
    await expect(list([foreign, session()])).resolves.toEqual({ found: ["cs_test_1"], unreadable: [] });
  });
});

describe("one session", () => {
  const sessions = (found: Stripe.Checkout.Session) => {
    const stripe = {
      checkout: { sessions: { retrieve: async () => found, list: async () => ({ data: [found] }) } },
    };
    return createStripeSessions(async () => stripe as never, "bursar");
  };

  test.each([
    ["another deployment's", { deployment: "bursar-staging", ...ids }],
    ["another product's", { orderId: "42" }],
  ])("of %s is as unknown as one that does not exist", async (_what, metadata) => {
    const { findCheckout, findCheckoutByPayment } = sessions(session({ metadata }));
    await expect(findCheckout("cs_test_1")).resolves.toBeUndefined();
    await expect(findCheckoutByPayment("pi_1")).resolves.toBeUndefined();
  });

  test("of ours is found by its id and by its payment", async () => {
    const { findCheckout, findCheckoutByPayment } = sessions(session({ metadata: { deployment: "bursar" } }));
    await expect(findCheckout("cs_test_1")).resolves.toMatchObject({ checkoutSessionId: "cs_test_1" });
    await expect(findCheckoutByPayment("pi_1")).resolves.toMatchObject({ checkoutSessionId: "cs_test_1" });
  });
});
