import { beforeEach, describe, expect, test } from "vitest";
import { collect } from "#test/support/collect.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { decision, NOON, openPurchase, settledPurchase } from "#test/support/purchases.ts";
import { noteFailure } from "#workflow/checkout/note-failure.ts";
import { AmountMismatch, RetryableError } from "#workflow/errors.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";

let stores: InMemoryStores;
beforeEach(async () => {
  stores = createInMemoryStores();
  await stores.openPurchase(openPurchase());
});

const fail = (error: Error, event: Partial<PaymentEvent> = {}) =>
  noteFailure(paymentEvent(event), "evt_1-r1", error, { purchases: stores, now: () => new Date(NOON) });
const purchases = () => [...stores.purchases.values()];

describe("a settled purchase", () => {
  test("that no retry can mend has failed for good: that execution waits for a person", async () => {
    await fail(new AmountMismatch("x"));
    expect(purchases()).toEqual([settledPurchase({ needsAttention: "evt_1-r1" })]);
    await expect(collect(stores.listPurchasesAwaitingAttention(() => {}))).resolves.toEqual(purchases());
  });

  test.each([new RetryableError("x"), new TypeError("x")])(
    "whose try fails is failing (%s)",
    async (error) => {
      await fail(error);
      expect(purchases()).toEqual([settledPurchase({ failing: "evt_1-r1" })]);
    },
  );

  test("keeps what was known of it, above all the course it was opened for", async () => {
    stores.purchases.set(
      "user-ada/cs_test_1",
      settledPurchase({ settledSeenAt: "2026-11-23T11:30:00.000Z" }),
    );
    await fail(new AmountMismatch("x"), { eventId: "evt_2", courseId: "TEST-COURSE-005" });
    expect(purchases()).toEqual([
      settledPurchase({ settledSeenAt: "2026-11-23T11:30:00.000Z", needsAttention: "evt_1-r1" }),
    ]);
  });

  test("that was not opened here is found, too", async () => {
    stores.purchases.clear();
    await fail(new AmountMismatch("x"));
    expect(purchases()).toEqual([
      {
        userId: "user-ada",
        courseId: "TEST-COURSE-003",
        checkoutSessionId: "cs_test_1",
        settlement: paymentEvent(),
        settledSeenAt: NOON,
        needsAttention: "evt_1-r1",
      },
    ]);
  });

  test("that a person has decided about has no failure any more", async () => {
    const decided = settledPurchase({ decision: decision() });
    stores.purchases.set("user-ada/cs_test_1", decided);
    await fail(new AmountMismatch("x"));
    expect(purchases()).toEqual([decided]);
  });
});

test.each<[string, Partial<PaymentEvent>]>([
  ["was never paid", { paymentStatus: "unpaid" }],
  ["has expired", { eventType: "checkout.session.expired", paymentStatus: "no_payment_required" }],
  ["names no student", { userId: null }],
  ["names no course", { courseId: null }],
])("a session that %s has nothing to be noted on", async (_what, event) => {
  await fail(new AmountMismatch("x"), event);
  expect(purchases()).toEqual([openPurchase()]);
});
