import { beforeEach, describe, expect, test } from "vitest";
import { collect } from "#test/support/collect.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentNotice } from "#test/support/payment-events.ts";
import { createProvider, type ProviderInMemory } from "#test/support/payment-provider.ts";
import { decision, NOON, paidSession, settledPurchase } from "#test/support/purchases.ts";
import { notePayback } from "#workflow/checkout/note-payback.ts";
import type { PaymentNotice } from "#workflow/payment-notice.ts";

let stores: InMemoryStores;
let payments: ProviderInMemory;

beforeEach(async () => {
  stores = createInMemoryStores();
  payments = createProvider();
  payments.sessions.set("cs_test_1", paidSession());
  await stores.openPurchase(settledPurchase());
});

const note = (overrides: Partial<PaymentNotice>) =>
  notePayback(paymentNotice({ occurredAt: NOON, amountRefunded: null, ...overrides }), {
    payments,
    purchases: stores,
  });
const refund = (amountRefunded: number) => note({ amountRefunded });
const dispute = (disputeStatus: string, occurredAt = NOON) =>
  note({ noticeType: "charge.dispute.created", disputeStatus, occurredAt });
const purchase = (userId = "user-ada") => stores.purchases.get(`${userId}/cs_test_1`);
const awaiting = () => collect(stores.listPurchasesAwaitingAttention(() => {}));

describe("a refund", () => {
  test.each([
    ["all", 4900, true],
    ["a part", 100, false],
  ])("of %s is noted on the purchase and waits for a person", async (_what, amount, isFull) => {
    await expect(refund(amount)).resolves.toBe("refund-noted");
    expect(purchase()).toEqual(settledPurchase({ refunded: { amount, isFull, at: NOON } }));
    await expect(awaiting()).resolves.toHaveLength(1);
  });

  test("is all when it is what was charged, though the course cost more before the discount", async () => {
    payments.change("cs_test_1", { amountTotal: 2450 });
    await refund(2450);
    expect(purchase()?.refunded).toMatchObject({ isFull: true });
  });

  test("of nothing is not all of what cost nothing", async () => {
    payments.change("cs_test_1", { amountTotal: 0 });
    await refund(0);
    expect(purchase()?.refunded).toMatchObject({ isFull: false });
  });

  test("is noted once, however often it is heard of, and again when more goes back", async () => {
    await refund(100);
    await expect(refund(100)).resolves.toBe("known");
    await expect(refund(4900)).resolves.toBe("refund-noted");
    await expect(refund(100)).resolves.toBe("known");
    expect(purchase()?.refunded).toMatchObject({ amount: 4900, isFull: true });
  });

  test("of a purchase that was decided about is noted, and asks for nobody", async () => {
    await stores.openPurchase(settledPurchase({ checkoutSessionId: "cs_test_1" }));
    stores.purchases.set("user-ada/cs_test_1", settledPurchase({ decision: decision() }));
    await expect(refund(4900)).resolves.toBe("known");
    expect(purchase()).toMatchObject({ refunded: { amount: 4900 }, decision: { kind: "withdrawn" } });
    await expect(awaiting()).resolves.toEqual([]);
  });

  test("is noted on a session that was not opened here, too", async () => {
    stores.purchases.clear();
    await expect(refund(4900)).resolves.toBe("refund-noted");
    expect(purchase()).toMatchObject({
      userId: "user-ada",
      courseId: "TEST-COURSE-003",
      checkoutSessionId: "cs_test_1",
    });
  });
});

describe("a dispute", () => {
  test("is noted at each of its states, the latest staying", async () => {
    await expect(dispute("needs_response")).resolves.toBe("dispute-noted");
    await expect(dispute("needs_response")).resolves.toBe("known");
    await expect(dispute("lost", "2026-12-01T12:00:00.000Z")).resolves.toBe("dispute-noted");
    await expect(dispute("under_review", "2026-11-25T12:00:00.000Z")).resolves.toBe("known");
    expect(purchase()).toEqual(
      settledPurchase({ disputed: { status: "lost", at: "2026-12-01T12:00:00.000Z" } }),
    );
  });
});

test("a purchase that is another student's now is where the news is noted", async () => {
  const to = (userId: string) => decision({ kind: "transferred", to: userId });
  stores.purchases.set("user-ada/cs_test_1", settledPurchase({ decision: to("user-grace") }));
  await stores.openPurchase(settledPurchase({ userId: "user-grace", decision: to("user-alan") }));
  await stores.openPurchase(settledPurchase({ userId: "user-alan" }));
  await expect(refund(4900)).resolves.toBe("refund-noted");
  expect(purchase("user-alan")).toMatchObject({ refunded: { amount: 4900 } });
  expect(purchase("user-grace")).not.toHaveProperty("refunded");
  expect(purchase()).not.toHaveProperty("refunded");
});

test.each([
  ["no session of ours", { paymentIntentId: "pi_other" }],
  ["a session without a student", {}],
])("money that went back from %s is nobody's here", async (_what, of) => {
  if (!("paymentIntentId" in of)) payments.change("cs_test_1", { userId: undefined });
  const before = structuredClone(stores.purchases);
  await expect(note({ amountRefunded: 4900, ...of })).resolves.toBe("ignored");
  expect(stores.purchases).toEqual(before);
});
