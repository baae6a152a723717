import { beforeEach, expect, test } from "vitest";
import { paymentEvent } from "#test/support/payment-events.ts";
import { createSweepUnderTest, type SweepUnderTest } from "#test/support/sweep-ports.ts";
import type { Drift } from "#workflow/reconcile/drift.ts";
import { repairDrift } from "#workflow/reconcile/repair.ts";

let under: SweepUnderTest;
beforeEach(() => {
  under = createSweepUnderTest("2026-11-23T13:00:00.000Z");
});

const event = paymentEvent();
async function repair(drift: Partial<Drift>, isAsked: boolean) {
  const ids = { checkoutSessionId: "cs_test_1", userId: "user-ada", courseId: "TEST-COURSE-003" };
  const whole = { kind: "paid-not-enrolled", since: event.occurredAt, ...ids, ...drift } as const;
  const outcome = await repairDrift(whole, under.ports, { isAsked });
  return [outcome, ...under.done];
}
const endedAs = (executionStatus: "failed" | "succeeded") => {
  under.executions.set("evt_1", executionStatus);
  return { event, executionName: "evt_1", executionStatus };
};

test.each(["paid-not-enrolled", "paid-twice", "not-started"] as const)(
  "what is %s and was never started is started",
  async (kind) => {
    await expect(repair({ kind, event }, false)).resolves.toEqual(["started", "start evt_1"]);
  },
);

test("what failed is redriven when a person asks, and never by schedule", async () => {
  await expect(repair(endedAs("failed"), false)).resolves.toEqual(["left"]);
  await expect(repair(endedAs("failed"), true)).resolves.toEqual(["redriven", "redrive evt_1 as evt_1"]);
});

test("what failed on a definition that was taken back is started afresh", async () => {
  under.replaced.add("evt_1");
  await expect(repair(endedAs("failed"), true)).resolves.toEqual(["started", "redrive evt_1 as evt_1-r1"]);
});

test("what failed too long ago for the list is not redriven by schedule either", async () => {
  under.executions.set("evt_1", "failed");
  await expect(repair({ event }, false)).resolves.toEqual(["left"]);
});

test("what has succeeded and is lost is done once more when a person asks, and never by schedule", async () => {
  await expect(repair(endedAs("succeeded"), false)).resolves.toEqual(["left"]);
  await expect(repair(endedAs("succeeded"), true)).resolves.toEqual(["started", "start evt_1-r1"]);
});

test("what must not be paid is expired", async () => {
  await expect(repair({ kind: "still-payable" }, false)).resolves.toEqual(["expired", "expire cs_test_1"]);
});

test.each([true, false])("what only a person can decide is left, asked for or not: %s", async (isAsked) => {
  await expect(repair({ kind: "enrolled-not-paid" }, isAsked)).resolves.toEqual(["left"]);
  await expect(repair({ kind: "paid-twice", ...endedAs("failed") }, isAsked)).resolves.toEqual(["left"]);
});
