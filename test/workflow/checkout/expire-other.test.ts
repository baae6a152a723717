import { expect, test } from "vitest";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { expireOtherCheckout } from "#workflow/checkout/expire-other.ts";
import type { OpenCheckout } from "#workflow/model.ts";

async function expiredAfterPaying(sessionId: string | undefined, open: Partial<OpenCheckout> | undefined) {
  const stores = createInMemoryStores();
  const standing = { userId: "user-ada", courseId: "TEST-COURSE-003", attempt: 1 };
  if (open)
    await stores.replaceOpenCheckout({ ...standing, checkoutSessionId: "cs_test_1", ...open }, undefined);
  const expired: string[] = [];
  const payments = { expireCheckout: async (id: string) => void expired.push(id) };
  const paid = {
    userId: "user-ada",
    courseId: "TEST-COURSE-003",
    ...(sessionId && { checkoutSessionId: sessionId }),
  };
  await expireOtherCheckout(paid, { openCheckouts: stores, payments });
  return expired;
}

test("the open checkout is expired when another session was paid", async () => {
  await expect(expiredAfterPaying("cs_test_2", {})).resolves.toEqual(["cs_test_1"]);
});

test("the open checkout is expired when the course came without a payment", async () => {
  await expect(expiredAfterPaying(undefined, {})).resolves.toEqual(["cs_test_1"]);
});

test.each([
  ["it is the paid one", "cs_test_1", {}],
  ["it is closed already", "cs_test_2", { closedAt: "2026-11-23T12:00:00.000Z" }],
  ["no attempt has brought one", "cs_test_2", { checkoutSessionId: undefined }],
  ["there is none", "cs_test_2", undefined],
])("nobody is asked when %s", async (_what, sessionId, open) => {
  await expect(expiredAfterPaying(sessionId, open)).resolves.toEqual([]);
});
