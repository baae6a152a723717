import { beforeEach, describe, expect, test } from "vitest";
import { createSteps } from "#handlers/steps.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import { decision, NOON, openPurchase, settledPurchase } from "#test/support/purchases.ts";
import { useMetrics } from "./use-metrics.ts";

const counted = useMetrics();
let stores: InMemoryStores;
beforeEach(async () => {
  stores = createInMemoryStores({ courses: [paidCourse], students: [student] });
  await stores.openPurchase(openPurchase());
});

const steps = () =>
  createSteps({
    courses: stores,
    students: stores,
    enrollments: stores,
    openCheckouts: stores,
    purchases: stores,
    payments: { expireCheckout: async () => {} },
    now: () => new Date(NOON),
  });
const input = (event = paymentEvent()) => ({ event, executionName: "evt_1-r1" });
const purchase = () => stores.purchases.get("user-ada/cs_test_1");
const throttled = () => Promise.reject(Object.assign(new Error("x"), { name: "ThrottlingException" }));

describe("a step that fails", () => {
  test("for good notes its execution on the purchase", async () => {
    const event = paymentEvent({ amountSubtotal: 1 });
    await expect(steps().validateSession(input(event))).rejects.toMatchObject({ name: "AmountMismatch" });
    expect(purchase()).toMatchObject({ needsAttention: "evt_1-r1" });
  });

  test("at a try notes that it is failing", async () => {
    stores.createEnrollment = throttled;
    await expect(steps().writeEnrollment(input())).rejects.toMatchObject({ name: "RetryableError" });
    expect(purchase()).toMatchObject({ failing: "evt_1-r1" });
    expect(purchase()).not.toHaveProperty("needsAttention");
  });

  test("fails by its own name though it cannot be noted", async () => {
    stores.createEnrollment = throttled;
    stores.noteFailure = () => Promise.reject(new Error("the table is away"));
    await expect(steps().writeEnrollment(input())).rejects.toMatchObject({ name: "RetryableError" });
  });

  test("is forgotten once it has worked", async () => {
    const { createEnrollment } = stores;
    stores.createEnrollment = throttled;
    await expect(steps().writeEnrollment(input())).rejects.toThrow("trying again may help");
    stores.createEnrollment = createEnrollment;
    await steps().writeEnrollment(input());
    expect(purchase()).toEqual(settledPurchase());
  });

  test("over a double payment is counted as one, however often it is tried", async () => {
    await steps().writeEnrollment(input());
    const second = paymentEvent({ eventId: "evt_2", checkoutSessionId: "cs_test_2" });
    await expect(steps().writeEnrollment(input(second))).rejects.toMatchObject({ name: "DoublePayment" });
    expect(counted()).toEqual(["EnrollmentWritten", "DoublePayment"]);
    expect(stores.purchases.get("user-ada/cs_test_2")).toMatchObject({ needsAttention: "evt_1-r1" });
    await expect(steps().writeEnrollment(input(second))).rejects.toMatchObject({ name: "DoublePayment" });
    expect(counted()).toEqual(["EnrollmentWritten", "DoublePayment"]);
  });
});

test("an enrollment is counted once, however often it is tried", async () => {
  for (let tries = 0; tries < 3; tries += 1) {
    await expect(steps().writeEnrollment(input())).resolves.toEqual({ enrolledAt: NOON });
  }
  expect(counted()).toEqual(["EnrollmentWritten"]);
});

describe("what a person has decided", () => {
  test("is what the state machine is told, in a word of its own", async () => {
    await stores.decide(openPurchase(), decision());
    await expect(steps().validateSession(input())).resolves.toEqual({ isBarred: true });
  });

  test("while it was being delivered leaves no enrollment, and none is counted", async () => {
    await stores.decide(openPurchase(), decision());
    await expect(steps().writeEnrollment(input())).resolves.toEqual({ enrolledAt: null });
    expect(counted()).toEqual([]);
  });
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a text", "evt_1"],
  ["an empty object", {}],
  ["an event without the execution's name", { event: paymentEvent() }],
  ["a name without an event", { executionName: "evt_1" }],
  ["half an event of an older version", { eventId: "evt_1" }],
])("an input of %s is no payment event, and nothing is noted", async (_what, odd) => {
  await expect(steps().validateSession(odd)).rejects.toMatchObject({ name: "InvalidPaymentEvent" });
  expect(purchase()).toEqual(openPurchase());
});
