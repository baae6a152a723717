import { beforeEach, expect, test } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { NOON, openPurchase, openSession, paidEnrollment, paidSession } from "#test/support/purchases.ts";
import { followCheckout, PATIENCE_MS } from "#workflow/checkout/follow.ts";
import type { ExecutionStatus } from "#workflow/ports/executions.ts";
import type { CheckoutSession } from "#workflow/ports/payments.ts";

const settlement = paymentEvent({ eventId: "cs_test_1" });
const enrollment = paidEnrollment();

let stores: InMemoryStores;
let session: CheckoutSession | undefined;
let status: ExecutionStatus;
let onEnsure: () => Promise<unknown>;
let calls: { provider: number; ensured: unknown[]; asked: string[] };
let time: number;

beforeEach(() => {
  stores = createInMemoryStores();
  session = paidSession();
  status = "running";
  onEnsure = async () => {};
  calls = { provider: 0, ensured: [], asked: [] };
  time = Date.parse(NOON);
});

const follow = (userId = "user-ada") =>
  followCheckout(userId, "cs_test_1", {
    payments: {
      findCheckout: async () => {
        calls.provider += 1;
        return session;
      },
    },
    enrollments: stores,
    purchases: stores,
    limits: stores,
    onLimitsAway: () => {},
    executions: {
      ensureExecution: async (event) => {
        calls.ensured.push(event);
        await onEnsure();
        return status;
      },
      findExecutionStatus: async (name) => {
        calls.asked.push(name);
        return status;
      },
    },
    now: () => new Date(time),
  });
const waitPatience = () => (time += PATIENCE_MS);

test("a settled session is paid, and the webhook has its time", async () => {
  await expect(follow()).resolves.toMatchObject({ stage: "paid", status: "complete", enrolled: false });
  time += PATIENCE_MS - 1;
  await expect(follow()).resolves.toMatchObject({ stage: "paid" });
  expect(calls.ensured).toEqual([]);
});

test("what was charged is told, and when that was learned, as soon as it is settled", async () => {
  session = paidSession({ settlement: undefined, status: "complete", paymentStatus: "unpaid" });
  expect(await follow()).not.toHaveProperty("settledAt");
  session = paidSession();
  const { amountTotal, currency } = settlement;
  await expect(follow()).resolves.toMatchObject({ amountTotal, currency, settledAt: NOON });
});

test("when the time is over, the execution is started with the canonical input under the session's name", async () => {
  await follow();
  waitPatience();
  await expect(follow()).resolves.toMatchObject({ stage: "paid" });
  expect(calls.ensured).toEqual([settlement]);
});

test("the payment provider is asked no more once it has said that the session is settled", async () => {
  for (let polls = 0; polls < 200; polls += 1) {
    await follow();
    time += 100;
  }
  expect(calls.provider).toBe(1);
});

test("however many ask, an execution is looked at once in a while", async () => {
  await follow();
  waitPatience();
  await Promise.all(Array.from({ length: 20 }, () => follow()));
  expect(calls.ensured).toHaveLength(1);
  waitPatience();
  await Promise.all(Array.from({ length: 20 }, () => follow()));
  expect(calls.ensured).toHaveLength(2);
});

test("an execution that failed needs attention, and nobody looks again until the enrollment is there", async () => {
  await follow();
  waitPatience();
  status = "failed";
  await expect(follow()).resolves.toMatchObject({ stage: "needs_attention", enrolled: false });
  waitPatience();
  await expect(follow()).resolves.toMatchObject({ stage: "needs_attention" });
  expect(calls.ensured).toHaveLength(1);
  await stores.createEnrollment(enrollment);
  await expect(follow()).resolves.toMatchObject({ stage: "enrolled", enrolled: true });
});

test("one that could not be found out is still paid", async () => {
  await follow();
  waitPatience();
  status = "unknown";
  await expect(follow()).resolves.toMatchObject({ stage: "paid" });
});

test("one that succeeds while it is looked at is enrolled", async () => {
  await follow();
  waitPatience();
  status = "succeeded";
  onEnsure = () => stores.createEnrollment(enrollment);
  await expect(follow()).resolves.toMatchObject({ stage: "enrolled" });
});

test("one that succeeded and has left no enrollment needs attention", async () => {
  await follow();
  waitPatience();
  status = "succeeded";
  await expect(follow()).resolves.toMatchObject({ stage: "needs_attention" });
});

test("a second payment for the course gets an execution too, since nobody else may have heard of it", async () => {
  await stores.createEnrollment({ ...enrollment, stripeSessionId: "cs_test_0" });
  await expect(follow()).resolves.toMatchObject({ stage: "needs_attention", enrolled: true });
  waitPatience();
  await follow();
  expect(calls.ensured).toEqual([settlement]);
});

test("an enrollment by the session ends it: nothing is started", async () => {
  await stores.createEnrollment(enrollment);
  await follow();
  waitPatience();
  await expect(follow()).resolves.toMatchObject({ stage: "enrolled" });
  expect(calls.ensured).toEqual([]);
});

test("nobody looks for the enrollment of what can still be paid, unless nothing was agreed here", async () => {
  session = openSession();
  await stores.createEnrollment(paidEnrollment({ stripeSessionId: "cs_test_0" }));
  await expect(follow()).resolves.toMatchObject({ stage: "open", enrolled: true });
  await stores.openPurchase(openPurchase());
  await expect(follow()).resolves.toMatchObject({ stage: "open", enrolled: false });
});

test("another student's session is none, remembered or not", async () => {
  await expect(follow("user-grace")).resolves.toBeUndefined();
  await follow();
  await expect(follow("user-grace")).resolves.toBeUndefined();
});

test("a session that is not settled starts nothing, however long it takes", async () => {
  session = paidSession({ paymentStatus: "unpaid", settlement: undefined });
  await expect(follow()).resolves.toMatchObject({ stage: "processing" });
  waitPatience();
  await expect(follow()).resolves.toMatchObject({ stage: "processing" });
  expect(calls.ensured).toEqual([]);
});
