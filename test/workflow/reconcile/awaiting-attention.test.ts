import { beforeEach, describe, expect, test } from "vitest";
import { collect } from "#test/support/collect.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { decision, NOON, paidEnrollment, settledPurchase } from "#test/support/purchases.ts";
import { createSweepUnderTest, type SweepUnderTest, sweepWholly } from "#test/support/sweep-ports.ts";

/** Months after, when every letter is gone and nothing of it lies in the sweep any more. */
const MUCH_LATER = "2027-03-01T12:00:00.000Z";

let under: SweepUnderTest;
beforeEach(() => {
  under = createSweepUnderTest(MUCH_LATER);
});

const run = async () => (await sweepWholly(under.ports, () => {})).drift;
const stored = () => under.stores.purchases.get("user-ada/cs_test_1");
const awaiting = () => collect(under.stores.listPurchasesAwaitingAttention(() => {}));
const fail = (isFinal: boolean, executionName = "evt_1-r1") =>
  under.stores.noteFailure(settledPurchase(), paymentEvent(), { executionName, isFinal }, NOON);

describe("a purchase that waits for a person", () => {
  test("is found at every sweep and neither redriven nor started again", async () => {
    await fail(true);
    under.executions.set("evt_1-r1", "failed");
    for (let hours = 0; hours < 3; hours += 1) {
      await expect(run()).resolves.toMatchObject([
        {
          kind: "paid-not-enrolled",
          executionName: "evt_1-r1",
          executionStatus: "failed",
          // Under which a redrive finds it.
          event: { eventId: "evt_1" },
          repair: "left",
        },
      ]);
      under.time += 60 * 60 * 1_000;
    }
    expect(under.done).toEqual([]);
    expect(stored()).toMatchObject({ needsAttention: "evt_1-r1" });
  });

  test("is not started again by the event that its sweep comes by, whatever its execution is called", async () => {
    under.time = Date.parse("2026-11-23T13:00:00.000Z");
    under.events = [paymentEvent()];
    await fail(true);
    await expect(run()).resolves.toMatchObject([{ executionName: "evt_1-r1", repair: "left" }]);
    expect(under.done).toEqual([]);
  });

  test("is paid twice when the student has the course by another purchase", async () => {
    await fail(true);
    await under.stores.createEnrollment(
      paidEnrollment({ stripeSessionId: "cs_test_0", enrollmentType: "free" }),
    );
    await expect(run()).resolves.toMatchObject([{ kind: "paid-twice", repair: "left" }]);
  });

  test("waits no more once it is enrolled, by whichever way", async () => {
    await fail(true);
    await under.stores.createEnrollment(paidEnrollment({ enrollmentType: "bundle" }));
    await expect(run()).resolves.toEqual([]);
    await expect(awaiting()).resolves.toEqual([]);
    expect(stored()).not.toHaveProperty("needsAttention");
  });

  test("waits no more once all of its money went back, and is still shown to a person", async () => {
    await fail(true);
    await under.stores.noteRefund(settledPurchase(), { amount: 4900, isFull: true, at: NOON });
    await expect(run()).resolves.toEqual([]);
    await expect(awaiting()).resolves.toHaveLength(1);
  });
});

describe("a purchase of which a try has failed", () => {
  test.each(["running", "succeeded"] as const)(
    "is left to its execution while that is %s",
    async (status) => {
      await fail(false);
      under.executions.set("evt_1-r1", status);
      await expect(run()).resolves.toEqual([]);
      await expect(awaiting()).resolves.toHaveLength(1);
    },
  );

  test("waits for a person when its execution has ended so", async () => {
    await fail(false);
    under.executions.set("evt_1-r1", "failed");
    await expect(run()).resolves.toMatchObject([{ kind: "paid-not-enrolled", executionName: "evt_1-r1" }]);
    expect(stored()).toMatchObject({ needsAttention: "evt_1-r1" });
  });
});

test("a failed execution that could not note itself is noted, and found after its sweep as well", async () => {
  under.time = Date.parse("2026-11-23T13:00:00.000Z");
  under.events = [paymentEvent()];
  under.executions.set("evt_1", "failed");
  await expect(run()).resolves.toMatchObject([{ executionName: "evt_1", repair: "left" }]);
  under.time = Date.parse(MUCH_LATER);
  under.events = [];
  await expect(run()).resolves.toMatchObject([
    { kind: "paid-not-enrolled", executionName: "evt_1", repair: "left" },
  ]);
});

describe("a decision that a crash has left unfinished", () => {
  beforeEach(async () => {
    await under.stores.openPurchase(settledPurchase());
    await under.stores.createEnrollment(paidEnrollment());
    await under.stores.decide(settledPurchase(), decision());
  });

  test("is carried out, and asks for nobody any more", async () => {
    await expect(run()).resolves.toMatchObject([{ kind: "decision-unfinished", repair: "carried-out" }]);
    expect(under.stores.enrollments.size).toBe(0);
    await expect(run()).resolves.toEqual([]);
  });

  test("that cannot be carried out is said, and keeps nothing else from being done", async () => {
    under.ports.enrollments.deleteEnrollment = () => Promise.reject(new Error("the table is away"));
    under.events = [
      paymentEvent({
        eventId: "evt_2",
        checkoutSessionId: "cs_2",
        userId: "user-x",
        occurredAt: "2027-03-01T11:00:00.000Z",
      }),
    ];
    const drift = await run();
    expect(drift.map(({ kind, repair }) => [kind, repair])).toEqual([
      ["decision-unfinished", "failed"],
      ["paid-not-enrolled", "started"],
    ]);
  });
});

test("an enrollment that a decision has missed is taken back when the sweep comes by", async () => {
  under.time = Date.parse("2026-11-23T13:00:00.000Z");
  await under.stores.openPurchase(settledPurchase({ decision: decision() }));
  await under.stores.createEnrollment(paidEnrollment());
  await expect(run()).resolves.toMatchObject([{ kind: "decision-unfinished", repair: "carried-out" }]);
  expect(under.stores.enrollments.size).toBe(0);
});
