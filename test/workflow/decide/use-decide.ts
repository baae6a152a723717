/** Deciding about Ada's paid purchase, on stores in memory. */
import { beforeEach } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { createProvider, type ProviderInMemory } from "#test/support/payment-provider.ts";
import { openSession, paidEnrollment, settledPurchase } from "#test/support/purchases.ts";
import type { DecidePorts, WantedDecision } from "#workflow/decide/decide.ts";
import type { Purchase } from "#workflow/purchase.ts";

export interface DecideUnderTest {
  stores: InMemoryStores;
  payments: ProviderInMemory;
  ports: DecidePorts;
  /** Read anew. */
  purchase(userId?: string): Purchase | undefined;
  /** By `<userId>/<courseId>`. */
  enrolled(): string[];
}

export const DAY_AFTER = "2026-11-24T12:00:00.000Z";

export const wanted = (more: Partial<WantedDecision> = {}): WantedDecision => ({
  kind: "withdrawn",
  reason: "paid back",
  by: "operator",
  ...more,
});
export const toGrace = wanted({ kind: "transferred", to: "user-grace" });

/** Ada and Grace are students; Ada has bought the course and has it, Grace has its form open. */
export function createDecideUnderTest(purchase: Partial<Purchase> = {}): DecideUnderTest {
  const grace = { ...student, userId: "user-grace" };
  const stores = createInMemoryStores({ courses: [paidCourse], students: [student, grace] });
  const payments = createProvider();
  const standing = settledPurchase(purchase);
  const { userId, courseId, checkoutSessionId } = standing;
  stores.purchases.set(`${userId}/${checkoutSessionId}`, standing);
  stores.openCheckouts.set(`${userId}/${courseId}`, { userId, courseId, checkoutSessionId, attempt: 1 });
  stores.enrollments.set(`${userId}/${courseId}`, paidEnrollment());
  payments.sessions.set(checkoutSessionId, openSession());
  const hers = { userId: grace.userId, courseId, checkoutSessionId: "cs_test_grace" };
  stores.openCheckouts.set(`${grace.userId}/${courseId}`, { ...hers, attempt: 1 });
  payments.sessions.set(hers.checkoutSessionId, openSession(hers));
  return {
    stores,
    payments,
    ports: {
      purchases: stores,
      enrollments: stores,
      openCheckouts: stores,
      students: stores,
      payments,
      now: () => new Date(DAY_AFTER),
    },
    purchase: (of = userId) => stores.purchases.get(`${of}/${checkoutSessionId}`),
    enrolled: () => [...stores.enrollments.keys()],
  };
}

/** @returns what is new for every test of the file */
export function useDecide(): DecideUnderTest {
  const under = {} as DecideUnderTest;
  beforeEach(() => {
    Object.assign(under, createDecideUnderTest());
  });
  return under;
}
