import { beforeEach, describe, expect, test } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, paymentEvent } from "#test/support/payment-events.ts";
import { createProvider, type ProviderInMemory } from "#test/support/payment-provider.ts";
import {
  decision,
  NOON,
  openPurchase,
  openSession,
  paidEnrollment,
  paidSession,
  settledPurchase,
} from "#test/support/purchases.ts";
import { listPurchases } from "#workflow/checkout/list-purchases.ts";
import type { Stage } from "#workflow/contract.ts";
import type { Enrollment } from "#workflow/model.ts";
import type { CheckoutSession } from "#workflow/ports/payments.ts";
import type { Purchase } from "#workflow/purchase.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";

let stores: InMemoryStores;
let payments: ProviderInMemory;
let asked: string[];
let away: unknown[];
let unreadable: string[];
let time: number;

beforeEach(() => {
  stores = createInMemoryStores();
  payments = createProvider();
  asked = [];
  away = [];
  unreadable = [];
  time = Date.parse(NOON);
  const { findCheckout } = payments;
  payments.findCheckout = async (id) => {
    asked.push(id);
    return findCheckout(id);
  };
});

const page = (after?: string) =>
  listPurchases(
    "user-ada",
    after,
    {
      purchases: stores,
      courses: stores,
      enrollments: stores,
      payments,
      now: () => new Date(time),
      onProviderAway: (error) => away.push(error),
    },
    ({ key }) => unreadable.push(key),
  );
const list = async () => (await page())?.purchases ?? [];
const store = (purchase: Purchase) =>
  stores.purchases.set(`user-ada/${purchase.checkoutSessionId}`, purchase);
const stage = async () => (await list()).map((summary) => summary.stage);
const refunded = { amount: 4900, isFull: true, at: NOON };

describe("what the record says", () => {
  test.each<[string, Purchase, Enrollment | undefined, Stage]>([
    ["settled", settledPurchase(), undefined, "paid"],
    ["enrolled and settled", settledPurchase(), paidEnrollment(), "enrolled"],
    ["failed", settledPurchase({ needsAttention: "evt_1" }), undefined, "needs_attention"],
    ["failed and mended", settledPurchase({ needsAttention: "evt_1" }), paidEnrollment(), "enrolled"],
    ["paid twice", settledPurchase(), paidEnrollment({ stripeSessionId: "cs_test_0" }), "needs_attention"],
    ["withdrawn", openPurchase({ decision: decision() }), undefined, "withdrawn"],
    ["another's", settledPurchase({ decision: decision({ kind: "transferred" }) }), undefined, "withdrawn"],
    ["paid back", settledPurchase({ refunded }), undefined, "refunded"],
    ["closed", openPurchase({ closedAt: NOON }), undefined, "expired"],
  ])(
    "of one that is %s is told without asking the payment provider",
    async (_what, purchase, enrollment, expected) => {
      store(purchase);
      if (enrollment) await stores.createEnrollment(enrollment);
      await expect(stage()).resolves.toEqual([expected]);
      expect(asked).toEqual([]);
    },
  );

  test("is told with what was agreed, charged and paid back", async () => {
    store(
      settledPurchase({
        settlement: paymentEvent({ amountTotal: 2450 }),
        refunded: { amount: 100, isFull: false, at: NOON },
      }),
    );
    await expect(list()).resolves.toEqual([
      {
        checkoutSessionId: "cs_test_1",
        courseId: paidCourse.courseId,
        courseName: paidCourse.name,
        unitAmount: 4900,
        currency: "usd",
        amountTotal: 2450,
        amountRefunded: 100,
        orderNumber: "CSTE-ST1",
        document: "receipt",
        openedAt: "2026-11-23T11:00:00.000Z",
        settledAt: NOON,
        stage: "paid",
        enrolled: false,
      },
    ]);
  });

  test("of a place that was given by another is told without what that one paid and got back", async () => {
    const settlement = paymentEvent({ userId: "user-grace", clientReferenceId: "user-grace" });
    store(settledPurchase({ settlement, refunded }));
    const [summary] = await list();
    expect(summary).toMatchObject({ checkoutSessionId: "cs_test_1", courseName: paidCourse.name });
    expect(summary).not.toHaveProperty("settledAt");
    expect(summary).not.toHaveProperty("amountTotal");
    expect(summary).not.toHaveProperty("amountRefunded");
  });

  test("of one that was not opened here is told with what was charged", async () => {
    const { unitAmount: _1, currency: _2, courseName: _3, openedAt: _4, ...known } = settledPurchase();
    store(known);
    await expect(list()).resolves.toMatchObject([
      { courseName: "TEST-COURSE-003", unitAmount: 4900, currency: "usd", openedAt: NOON, settledAt: NOON },
    ]);
  });
});

describe("what only the payment provider knows", () => {
  test.each<[string, CheckoutSession, Stage]>([
    ["open", openSession(), "open"],
    ["processing", paidSession({ paymentStatus: "unpaid", settlement: undefined }), "processing"],
  ])("of one that is %s is asked at each look", async (_what, session, expected) => {
    store(openPurchase());
    payments.sessions.set("cs_test_1", session);
    await expect(stage()).resolves.toEqual([expected]);
    await expect(stage()).resolves.toEqual([expected]);
    expect(asked).toHaveLength(2);
  });

  test.each<[string, CheckoutSession, Stage]>([
    ["expired", openSession({ status: "expired" }), "expired"],
    [
      "refused by the bank",
      paidSession({ paymentStatus: "unpaid", paymentFailed: true, settlement: undefined }),
      "expired",
    ],
    ["paid", paidSession(), "paid"],
  ])("of one that is %s is asked once, and remembered", async (_what, session, expected) => {
    store(openPurchase());
    payments.sessions.set("cs_test_1", session);
    await expect(stage()).resolves.toEqual([expected]);
    await expect(stage()).resolves.toEqual([expected]);
    expect(asked).toHaveLength(1);
  });

  test("of one that is enrolled is asked once: what was charged", async () => {
    store(openPurchase());
    await stores.createEnrollment(paidEnrollment());
    payments.sessions.set("cs_test_1", paidSession());
    for (let looks = 0; looks < 3; looks += 1) {
      await expect(list()).resolves.toMatchObject([{ stage: "enrolled", amountTotal: 4900 }]);
    }
    expect(asked).toHaveLength(1);
  });

  test("of one that it has forgotten is that nothing can be paid", async () => {
    store(openPurchase());
    await expect(stage()).resolves.toEqual(["expired"]);
  });

  test.each<[string, Purchase, string, Enrollment | undefined, Stage]>([
    ["open until its end", openPurchase(), "2026-11-24T10:59:59.000Z", undefined, "open"],
    ["a debit under way after it", openPurchase(), "2026-11-24T11:00:00.000Z", undefined, "processing"],
    ["enrolled when it is", openPurchase(), NOON, paidEnrollment(), "enrolled"],
  ])("while it is away a purchase counts as %s", async (_what, purchase, now, enrollment, expected) => {
    store(purchase);
    if (enrollment) await stores.createEnrollment(enrollment);
    time = Date.parse(now);
    const error = new Error("Stripe is away");
    payments.findCheckout = () => Promise.reject(error);
    await expect(stage()).resolves.toEqual([expected]);
    expect(away).toEqual([error]);
  });
});

test("an open checkout says whether it leads on, and nothing else does", async () => {
  store(openPurchase());
  store(openPurchase({ checkoutSessionId: "cs_2", courseId: "GONE-1", openedAt: NOON }));
  store(settledPurchase({ checkoutSessionId: "cs_0", openedAt: "2026-11-22T11:00:00.000Z" }));
  for (const id of ["cs_test_1", "cs_2"]) payments.sessions.set(id, openSession({ checkoutSessionId: id }));
  stores.courses.set(paidCourse.courseId, paidCourse);
  expect((await list()).map(({ canContinue }) => canContinue)).toEqual([false, true, undefined]);
});

describe("several purchases", () => {
  test("are the student's own, newest first", async () => {
    for (const day of [22, 24, 23])
      store(
        openPurchase({
          checkoutSessionId: `cs_${day}`,
          openedAt: `2026-11-${day}T11:00:00.000Z`,
          closedAt: NOON,
        }),
      );
    await stores.openPurchase(openPurchase({ userId: "user-grace" }));
    expect((await list()).map(({ checkoutSessionId }) => checkoutSessionId)).toEqual([
      "cs_24",
      "cs_23",
      "cs_22",
    ]);
  });

  test("are told a page at a time, each once, also those that were opened at once", async () => {
    for (let number = 1; number <= 120; number++)
      store(openPurchase({ checkoutSessionId: `cs_${number}`, closedAt: NOON }));
    const first = await page();
    const second = await page(first?.next);
    const third = await page(second?.next);
    expect([first, second, third].map((one) => one?.purchases.length)).toEqual([50, 50, 20]);
    expect(third?.next).toBeUndefined();
    const told = [first, second, third].flatMap((one) => one?.purchases ?? []);
    expect(new Set(told.map(({ checkoutSessionId }) => checkoutSessionId)).size).toBe(120);
    expect(await page("cs_of_grace")).toBeUndefined();
  });

  test("are told without the one that cannot be read", async () => {
    store(settledPurchase());
    store(openPurchase({ checkoutSessionId: "cs_odd" }));
    payments.findCheckout = () => Promise.reject(new UnreadableRecord("cs_odd", "status null"));
    const { listPurchases: all } = stores;
    stores.listPurchases = (userId, report) => {
      report(new UnreadableRecord("USER#user-ada PURCHASE#cs_0", "unitAmount"));
      return all(userId, report);
    };
    expect((await list()).map((one) => one.stage).sort()).toEqual(["open", "paid"]);
    expect(unreadable).toEqual(["USER#user-ada PURCHASE#cs_0"]);
    expect(away).toMatchObject([{ key: "cs_odd" }]);
  });
});
