import { expect, test, vi } from "vitest";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import { closeCheckout } from "#workflow/steps/close-checkout.ts";

const open = {
  userId: "user-ada",
  courseId: "TEST-COURSE-003",
  checkoutSessionId: "cs_test_1",
  expiresAt: "2026-11-24T12:00:00.000Z",
};
const now = () => new Date("2026-11-23T12:00:00.000Z");

async function closeAfter(event: Partial<PaymentEvent>) {
  const stores = createInMemoryStores();
  await stores.replaceOpenCheckout(open, undefined);
  await closeCheckout(
    paymentEvent({ eventType: "checkout.session.expired", paymentStatus: "unpaid", ...event }),
    stores,
    now,
  );
  return stores.findOpenCheckout(open.userId, open.courseId);
}

test("the open checkout is closed and stays, since the next one is asked for in its name", async () => {
  await expect(closeAfter({})).resolves.toEqual({ ...open, closedAt: "2026-11-23T12:00:00.000Z" });
});

test("late news of an earlier session leaves the one that is open alone", async () => {
  await expect(closeAfter({ checkoutSessionId: "cs_test_0" })).resolves.toEqual(open);
});

test.each([
  ["no student", { userId: null }],
  ["no course", { courseId: null }],
  // As long as Stripe lets metadata be, and longer than a key may be in DynamoDB.
  ["a course that is none", { courseId: "漢".repeat(500) }],
])("a session with %s is nobody's trouble: the store is not asked", async (_what, event) => {
  const closeOpenCheckout = vi.fn();
  await closeCheckout(paymentEvent(event), { ...createInMemoryStores(), closeOpenCheckout }, now);
  expect(closeOpenCheckout).not.toHaveBeenCalled();
});
