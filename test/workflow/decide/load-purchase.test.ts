import { beforeEach, expect, test } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { createProvider, type ProviderInMemory } from "#test/support/payment-provider.ts";
import {
  decision,
  NOON,
  openPurchase,
  openSession,
  paidSession,
  settledPurchase,
} from "#test/support/purchases.ts";
import { loadPurchase } from "#workflow/decide/load-purchase.ts";

let stores: InMemoryStores;
let payments: ProviderInMemory;
beforeEach(() => {
  stores = createInMemoryStores();
  payments = createProvider();
});

const load = (owner?: string) =>
  loadPurchase("cs_test_1", owner, { purchases: stores, payments, now: () => new Date(NOON) });
const ids = { userId: "user-ada", courseId: "TEST-COURSE-003", checkoutSessionId: "cs_test_1" };

test("a settled purchase is the one that is stored, and nobody else is asked", async () => {
  payments.findCheckout = () => Promise.reject(new Error("nobody asked for that"));
  await stores.openPurchase(settledPurchase());
  await expect(load("user-ada")).resolves.toEqual(settledPurchase());
});

test.each(["user-ada", undefined])(
  "one that was moved is found with who has it now, asked for as %s",
  async (owner) => {
    payments.sessions.set("cs_test_1", paidSession());
    const moved = (userId: string) => decision({ kind: "transferred", to: userId });
    await stores.openPurchase(settledPurchase({ decision: moved("user-grace") }));
    await stores.openPurchase(settledPurchase({ userId: "user-grace", decision: moved("user-alan") }));
    await stores.openPurchase(settledPurchase({ userId: "user-alan" }));
    await expect(load(owner)).resolves.toMatchObject({ userId: "user-alan" });
  },
);

test("one that was paid and nobody has heard of it here is known to be settled from then on", async () => {
  payments.sessions.set("cs_test_1", paidSession());
  await stores.openPurchase(openPurchase());
  const { settlement } = paidSession();
  await expect(load("user-ada")).resolves.toEqual(openPurchase({ settlement, settledSeenAt: NOON }));
  expect(stores.purchases.get("user-ada/cs_test_1")).toHaveProperty("settlement");
});

test.each(["user-ada", undefined])(
  "one that was opened elsewhere is stored without a quote, asked for as %s",
  async (owner) => {
    payments.sessions.set("cs_test_1", openSession());
    await expect(load(owner)).resolves.toEqual(ids);
    expect([...stores.purchases.values()]).toEqual([ids]);
    payments.change("cs_test_1", paidSession());
    await expect(load(owner)).resolves.toMatchObject({ ...ids, settlement: { eventId: "cs_test_1" } });
  },
);

test("one that is open keeps its quote", async () => {
  payments.sessions.set("cs_test_1", openSession());
  await stores.openPurchase(openPurchase());
  await expect(load("user-ada")).resolves.toEqual(openPurchase());
});

test("one that the payment provider has forgotten is what is stored", async () => {
  await stores.openPurchase(openPurchase());
  await expect(load("user-ada")).resolves.toEqual(openPurchase());
});

test.each([
  ["unknown", undefined],
  ["without a student", openSession({ userId: undefined })],
  ["without a course", openSession({ courseId: undefined })],
])("a checkout session that is %s is none of ours", async (_what, session) => {
  if (session) payments.sessions.set("cs_test_1", session);
  await expect(load()).resolves.toBeUndefined();
  expect(stores.purchases.size).toBe(0);
});
