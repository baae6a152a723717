import { expect, test, vi } from "vitest";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { NOON, openPurchase } from "#test/support/purchases.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import { closeCheckout } from "#workflow/steps/close-checkout.ts";

const open = {
  userId: "user-ada",
  courseId: "TEST-COURSE-003",
  checkoutSessionId: "cs_test_1",
  expiresAt: "2026-11-24T12:00:00.000Z",
  attempt: 1,
};
const now = () => new Date(NOON);

async function closeAfter(event: Partial<PaymentEvent>) {
  const stores = createInMemoryStores();
  await stores.replaceOpenCheckout(open, undefined);
  await stores.openPurchase(openPurchase());
  await closeCheckout(
    paymentEvent({ eventType: "checkout.session.expired", paymentStatus: "unpaid", ...event }),
    { openCheckouts: stores, purchases: stores, now },
  );
  return stores;
}

test("the open checkout is closed and stays, since it counts the attempts", async () => {
  const stores = await closeAfter({});
  expect([...stores.openCheckouts.values()]).toEqual([{ ...open, closedAt: NOON }]);
});

test("its purchase is closed with it", async () => {
  const stores = await closeAfter({});
  expect([...stores.purchases.values()]).toEqual([openPurchase({ closedAt: NOON })]);
});

test("late news of an earlier session leaves the one that is open alone", async () => {
  const stores = await closeAfter({ checkoutSessionId: "cs_test_0" });
  expect([...stores.openCheckouts.values()]).toEqual([open]);
  expect([...stores.purchases.values()]).toEqual([openPurchase()]);
});

test.each([
  ["no student", { userId: null }],
  ["no course", { courseId: null }],
  // As long as Stripe lets metadata be, and longer than a key may be in DynamoDB.
  ["a course that is none", { courseId: "漢".repeat(500) }],
])("a session with %s is nobody's trouble: the store is not asked", async (_what, event) => {
  const openCheckouts = { closeOpenCheckout: vi.fn() };
  const purchases = { closePurchase: vi.fn() };
  await closeCheckout(paymentEvent(event), { openCheckouts, purchases, now });
  expect(openCheckouts.closeOpenCheckout).not.toHaveBeenCalled();
  expect(purchases.closePurchase).not.toHaveBeenCalled();
});
