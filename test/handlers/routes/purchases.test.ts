import { beforeEach, describe, expect, test, vi } from "vitest";
import { adasClaims, useApi } from "#test/handlers/use-api.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { decision, openPurchase, openSession, settledPurchase } from "#test/support/purchases.ts";
import { purchasesAnswerSchema } from "#workflow/contract.ts";

const api = useApi();
const url = "https://pay.stripe.com/receipts/1";

describe("a student's purchases", () => {
  test("are listed as they stand, in the contract's shape", async () => {
    await api.stores.openPurchase(
      settledPurchase({ checkoutSessionId: "cs_1", openedAt: "2026-11-22T11:00:00.000Z" }),
    );
    await api.stores.openPurchase(openPurchase());
    await api.stores.openPurchase(openPurchase({ userId: "user-grace" }));
    api.payments.sessions.set("cs_test_1", openSession());
    const { status, body } = await api.asAda("GET", "/api/purchases");
    expect(status).toBe(200);
    expect(purchasesAnswerSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      purchases: [
        { checkoutSessionId: "cs_test_1", stage: "open", unitAmount: 4900, currency: "usd" },
        { checkoutSessionId: "cs_1", stage: "paid", amountTotal: 4900 },
      ],
    });
  });

  test("hold nothing of what is decided, noted or failed beyond the stage", async () => {
    const failed = settledPurchase({
      needsAttention: "evt_1",
      decision: decision({ reason: "a secret reason" }),
    });
    await api.stores.openPurchase(failed);
    const { body } = await api.asAda("GET", "/api/purchases");
    expect(JSON.stringify(body)).not.toMatch(/secret reason|operator|evt_1|pi_1|cus_1/);
  });

  test("cost one look a second at the payment provider, however often they are listed", async () => {
    await api.stores.openPurchase(openPurchase());
    api.payments.sessions.set("cs_test_1", openSession());
    const findCheckout = vi.spyOn(api.payments, "findCheckout");
    for (let looks = 0; looks < 20; looks += 1) {
      await api.asAda("GET", "/api/purchases");
      api.time += 50;
    }
    expect(findCheckout).toHaveBeenCalledOnce();
  });

  test("are told a page at a time, and nothing is told after what is none of theirs", async () => {
    for (let number = 1; number <= 51; number++)
      await api.stores.openPurchase(settledPurchase({ checkoutSessionId: `cs_${number}` }));
    const page = (query = "") => api.request("GET", "/api/purchases", { claims: adasClaims, query });
    const { next, purchases } = purchasesAnswerSchema.parse((await page()).body);
    expect(purchases).toHaveLength(50);
    const second = await page(`after=${next}`);
    expect(purchasesAnswerSchema.parse(second.body).purchases).toHaveLength(1);
    for (const query of ["after=cs_of_grace", "after=", "after=evt_1", "after=cs_1&after=cs_2"])
      expect(await page(query)).toMatchObject({ status: 400 });
  });

  test("are listed while the payment provider is away", async () => {
    await api.stores.openPurchase(openPurchase());
    api.payments.findCheckout = () => Promise.reject(new Error("Stripe is away"));
    await expect(api.asAda("GET", "/api/purchases")).resolves.toMatchObject({
      status: 200,
      body: { purchases: [{ stage: "open" }] },
    });
  });
});

describe("a receipt", () => {
  const receiptOf = (id: string) => api.asAda("GET", `/api/purchases/${id}/receipt`);
  beforeEach(async () => {
    await api.stores.openPurchase(settledPurchase());
    api.payments.findReceipt = async () => url;
  });

  test("is where the payment provider shows it", async () => {
    await expect(receiptOf("cs_test_1")).resolves.toEqual({ status: 200, body: { url } });
  });

  test.each<[string, () => unknown]>([
    ["there is none yet", () => (api.payments.findReceipt = async () => undefined)],
    ["the purchase is another student's", () => api.stores.purchases.clear()],
    [
      "another student has paid for the place",
      () => {
        const settlement = paymentEvent({ userId: "user-grace", clientReferenceId: "user-grace" });
        api.stores.purchases.set("user-ada/cs_test_1", settledPurchase({ settlement }));
      },
    ],
  ])("is 404 when %s", async (_what, happens) => {
    happens();
    await expect(receiptOf("cs_test_1")).resolves.toMatchObject({
      status: 404,
      body: { error: { code: "receipt_not_found" } },
    });
  });

  test("is none of what a code has made free, and the answer says so", async () => {
    const settlement = paymentEvent({ amountTotal: 0, amountDiscount: 4900, paymentIntentId: null });
    api.stores.purchases.set("user-ada/cs_test_1", settledPurchase({ settlement }));
    api.payments.findReceipt = async () => undefined;
    await expect(receiptOf("cs_test_1")).resolves.toMatchObject({
      status: 404,
      body: { error: { code: "receipt_not_found", message: expect.stringMatching(/^Nothing was charged/) } },
    });
  });

  test("stays the payer's own when the place was given to another", async () => {
    const given = decision({ kind: "transferred", to: "user-grace" });
    api.stores.purchases.set("user-ada/cs_test_1", settledPurchase({ decision: given }));
    await expect(receiptOf("cs_test_1")).resolves.toMatchObject({ status: 200 });
  });

  test("is not looked for under an id that is none, which may be no key of the table either", async () => {
    const findPurchase = vi.spyOn(api.stores, "findPurchase");
    await expect(receiptOf("x".repeat(5_000))).resolves.toMatchObject({ status: 404 });
    expect(findPurchase).not.toHaveBeenCalled();
  });
});
