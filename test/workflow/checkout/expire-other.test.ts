import { expect, test } from "vitest";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { expireOtherCheckout } from "#workflow/checkout/expire-other.ts";
import type { OpenCheckout } from "#workflow/model.ts";

async function expiredAfterPaying(sessionId: string, open: Partial<OpenCheckout> | undefined) {
  const stores = createInMemoryStores();
  const event = paymentEvent({ checkoutSessionId: sessionId });
  const standing = { userId: "user-ada", courseId: "TEST-COURSE-003", expiresAt: "2026-11-24T12:00:00.000Z" };
  if (open)
    await stores.replaceOpenCheckout({ ...standing, checkoutSessionId: "cs_test_1", ...open }, undefined);
  const expired: string[] = [];
  const payments = { expireCheckout: async (id: string) => void expired.push(id) };
  await expireOtherCheckout(event, stores, payments);
  return expired;
}

test("the open checkout is expired when another session was paid", async () => {
  await expect(expiredAfterPaying("cs_test_2", {})).resolves.toEqual(["cs_test_1"]);
});

test.each([
  ["it is the paid one", "cs_test_1", {}],
  ["it is closed already", "cs_test_2", { closedAt: "2026-11-23T12:00:00.000Z" }],
  ["there is none", "cs_test_2", undefined],
])("nobody is asked when %s", async (_what, sessionId, open) => {
  await expect(expiredAfterPaying(sessionId, open)).resolves.toEqual([]);
});
