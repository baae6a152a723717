import { beforeEach, describe, expect, test } from "vitest";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { collect } from "#test/support/collect.ts";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { decision, NOON, openPurchase, settledPurchase } from "#test/support/purchases.ts";
import { useRealTable } from "#test/support/real-table.ts";
import type { PurchaseRecords, PurchaseStore } from "#workflow/ports/stores.ts";
import type { Purchase } from "#workflow/purchase.ts";

const realTable = useRealTable();
const LATER = "2026-11-23T13:00:00.000Z";
const never = (record: unknown) => {
  throw record;
};

describe.each<[string, () => PurchaseStore & PurchaseRecords]>([
  ["in the table", () => createPurchaseStore(realTable())],
  ["in memory, as the tests of the rules have it", () => createInMemoryStores()],
])("a purchase %s", (_where, create) => {
  let store: PurchaseStore & PurchaseRecords;
  let count = 0;
  let userId: string;

  beforeEach(() => {
    store = create();
    count += 1;
    userId = `user-${count}`;
  });

  const open = (overrides: Partial<Purchase> = {}) =>
    store.openPurchase(openPurchase({ userId, ...overrides }));
  const key = () => ({ userId, courseId: "TEST-COURSE-003", checkoutSessionId: "cs_test_1" });
  const read = async () => (await store.findPurchase(userId, "cs_test_1")) as Purchase;
  const awaits = async () =>
    (await collect(store.listPurchasesAwaitingAttention(never))).some(
      (purchase) => purchase.userId === userId,
    );
  const fail = (isFinal: boolean, executionName = "evt_1", event = paymentEvent()) =>
    store.noteFailure({ ...key(), courseId: event.courseId ?? "" }, event, { executionName, isFinal }, LATER);
  const refundOf = (amount: number) => ({ amount, isFull: amount === 4900, at: NOON });
  const disputeOf = (status: string, at: string) => ({ status, at });

  test("is what was stored first", async () => {
    await open();
    await open({ unitAmount: 1 });
    await expect(read()).resolves.toEqual(openPurchase({ userId }));
    await expect(store.findPurchase("user-x", "cs_test_1")).resolves.toBeUndefined();
  });

  test("is listed with the student's others, newest first", async () => {
    await open({ checkoutSessionId: "cs_old", openedAt: "2026-11-22T11:00:00.000Z" });
    await open({ checkoutSessionId: "cs_new", openedAt: "2026-11-24T11:00:00.000Z" });
    await open();
    const listed = await store.listPurchases(userId, never);
    expect(listed.map(({ checkoutSessionId }) => checkoutSessionId)).toEqual([
      "cs_new",
      "cs_test_1",
      "cs_old",
    ]);
  });

  test("is known to be a second payment once", async () => {
    await open();
    await expect(store.noteDoublePayment(key(), NOON)).resolves.toBe(true);
    await expect(store.noteDoublePayment(key(), LATER)).resolves.toBe(false);
    await expect(read()).resolves.toEqual(openPurchase({ userId, doublePaymentSeenAt: NOON }));
  });

  test("is closed, unless there is none", async () => {
    await store.closePurchase(key(), NOON);
    await expect(read()).resolves.toBeUndefined();
    await open();
    await store.closePurchase(key(), NOON);
    await expect(read()).resolves.toEqual(openPurchase({ userId, closedAt: NOON }));
  });

  test("is settled once, and keeps the course that was agreed", async () => {
    await open();
    const other = { ...key(), courseId: "TEST-COURSE-005" };
    const expected = settledPurchase({ userId });
    await expect(store.noteSettlement(other, paymentEvent(), NOON)).resolves.toEqual(expected);
    const again = paymentEvent({ eventId: "evt_2" });
    await expect(store.noteSettlement(key(), again, LATER)).resolves.toEqual(expected);
    await expect(read()).resolves.toEqual(expected);
  });

  test("that was not opened here is known from its settlement on", async () => {
    const known = { ...key(), settlement: paymentEvent(), settledSeenAt: NOON };
    await expect(store.noteSettlement(key(), paymentEvent(), NOON)).resolves.toEqual(known);
    await expect(read()).resolves.toEqual(known);
  });

  test("is followed up by one of those who ask at once", async () => {
    await open();
    const asItWas = await read();
    const claims = await Promise.all([NOON, LATER].map((at) => store.claimFollowUp(asItWas, at)));
    expect(claims.sort()).toEqual([false, true]);
    await expect(store.claimFollowUp(asItWas, LATER)).resolves.toBe(false);
    const followed = await read();
    await expect(store.claimFollowUp(followed, "2026-11-23T14:00:00.000Z")).resolves.toBe(true);
    await expect(store.claimFollowUp(followed, "2026-11-23T15:00:00.000Z")).resolves.toBe(false);
  });

  test.each([
    [true, { needsAttention: "evt_1" }],
    [false, { failing: "evt_1" }],
  ])("that fails (for good: %s) waits for a person until it is mended", async (isFinal, failure) => {
    await open();
    await expect(awaits()).resolves.toBe(false);
    await fail(isFinal);
    await expect(read()).resolves.toEqual(settledPurchase({ userId, settledSeenAt: LATER, ...failure }));
    await expect(awaits()).resolves.toBe(true);
    await store.clearAttention(await read());
    await expect(read()).resolves.toEqual(settledPurchase({ userId, settledSeenAt: LATER }));
    await expect(awaits()).resolves.toBe(false);
  });

  test("that fails keeps what is known of it: course, settlement, and when it was seen", async () => {
    await open({ settlement: paymentEvent(), settledSeenAt: NOON });
    await fail(true, "evt_2", paymentEvent({ eventId: "evt_2", courseId: "TEST-COURSE-005" }));
    await expect(read()).resolves.toEqual(settledPurchase({ userId, needsAttention: "evt_2" }));
  });

  test("that was not opened here is known from its failure on", async () => {
    await fail(true);
    const settled = { settlement: paymentEvent(), settledSeenAt: LATER };
    await expect(read()).resolves.toEqual({ ...key(), ...settled, needsAttention: "evt_1" });
  });

  test("that waits is listed by how long it has waited", async () => {
    await open();
    await fail(true);
    await store.noteRefund({ ...key(), checkoutSessionId: "cs_test_2" }, refundOf(100));
    const waiting = await collect(store.listPurchasesAwaitingAttention(never));
    const ours = waiting.filter((purchase) => purchase.userId === userId);
    expect(ours.map(({ checkoutSessionId }) => checkoutSessionId)).toEqual(["cs_test_2", "cs_test_1"]);
  });

  test("is decided about once, and waits until that is carried out", async () => {
    await expect(store.decide(key(), decision())).resolves.toBe(false);
    await open();
    await expect(store.decide(key(), decision())).resolves.toBe(true);
    await expect(store.decide(key(), decision({ kind: "waived" }))).resolves.toBe(false);
    await expect(awaits()).resolves.toBe(true);
    await store.clearAttention(await read());
    await expect(read()).resolves.toEqual(openPurchase({ userId, decision: decision() }));
    await expect(awaits()).resolves.toBe(false);
  });

  test("that is decided about has no failure any more", async () => {
    await open();
    await store.decide(key(), decision());
    await fail(true);
    await expect(read()).resolves.toEqual(openPurchase({ userId, decision: decision() }));
  });

  test("that was decided about since it was read goes on waiting for that", async () => {
    await open();
    await fail(true);
    const undecided = await read();
    await store.decide(key(), decision());
    await store.clearAttention(undecided);
    await expect(awaits()).resolves.toBe(true);
    await expect(read()).resolves.not.toHaveProperty("needsAttention");
  });

  test("tells of a refund once, and again when more goes back", async () => {
    await open();
    await expect(store.noteRefund(key(), refundOf(100))).resolves.toBe(true);
    await expect(store.noteRefund(key(), refundOf(100))).resolves.toBe(false);
    await expect(store.noteRefund(key(), refundOf(4900))).resolves.toBe(true);
    await expect(store.noteRefund(key(), refundOf(100))).resolves.toBe(false);
    await expect(read()).resolves.toEqual(openPurchase({ userId, refunded: refundOf(4900) }));
    await expect(awaits()).resolves.toBe(true);
  });

  test("tells of each state of a dispute once, in the order of time", async () => {
    await open();
    await expect(store.noteDispute(key(), disputeOf("needs_response", NOON))).resolves.toBe(true);
    await expect(store.noteDispute(key(), disputeOf("needs_response", NOON))).resolves.toBe(false);
    await expect(store.noteDispute(key(), disputeOf("lost", LATER))).resolves.toBe(true);
    await expect(store.noteDispute(key(), disputeOf("under_review", NOON))).resolves.toBe(false);
    await expect(read()).resolves.toEqual(openPurchase({ userId, disputed: disputeOf("lost", LATER) }));
  });

  test("that is moved to another student keeps its newest news, too", async () => {
    await open({ refunded: refundOf(4900), disputed: disputeOf("lost", LATER) });
    await expect(store.noteRefund(key(), refundOf(100))).resolves.toBe(false);
    await expect(store.noteDispute(key(), disputeOf("needs_response", NOON))).resolves.toBe(false);
    await expect(read()).resolves.toMatchObject({
      refunded: { amount: 4900 },
      disputed: { status: "lost" },
    });
  });

  test("that was not opened here has its refund noted all the same", async () => {
    await expect(store.noteRefund(key(), refundOf(4900))).resolves.toBe(true);
    await expect(read()).resolves.toEqual({ ...key(), refunded: refundOf(4900) });
  });

  test("that is decided about has its news noted, and asks for nobody", async () => {
    await open();
    await store.decide(key(), decision({ kind: "waived" }));
    await store.clearAttention(await read());
    await expect(store.noteRefund(key(), refundOf(100))).resolves.toBe(false);
    await expect(store.noteDispute(key(), disputeOf("lost", NOON))).resolves.toBe(false);
    await expect(read()).resolves.toMatchObject({
      refunded: refundOf(100),
      disputed: disputeOf("lost", NOON),
    });
    await expect(awaits()).resolves.toBe(false);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["a refund", () => store.noteRefund(key(), refundOf(100))],
    ["a dispute", () => store.noteDispute(key(), disputeOf("needs_response", NOON))],
  ])("whose failure is mended goes on waiting for a decision about %s", async (_what, happens) => {
    await open();
    await fail(true);
    await happens();
    await store.clearAttention(await read());
    await expect(read()).resolves.not.toHaveProperty("needsAttention");
    await expect(awaits()).resolves.toBe(true);
  });
});
