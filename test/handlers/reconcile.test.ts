import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { expect, test, vi } from "vitest";
import { createReconcile } from "#handlers/reconcile.ts";
import { paymentEvent, paymentNotice } from "#test/support/payment-events.ts";
import { paidSession } from "#test/support/purchases.ts";
import { createSweepUnderTest } from "#test/support/sweep-ports.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { ExecutionStatus } from "#workflow/ports/executions.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";
import { useMetrics } from "./use-metrics.ts";

const counted = useMetrics();

async function sweep(events: PaymentEvent[], executions: [string, ExecutionStatus][] = [], isDown = false) {
  const under = createSweepUnderTest("2026-11-23T13:00:00.000Z");
  under.events = events;
  for (const [name, status] of executions) under.executions.set(name, status);
  under.onStart = () => {
    if (isDown) throw new Error("throttled");
  };
  const summary = await createReconcile(under.ports)();
  return { done: under.done, summary };
}

test("what was paid and never started is started, and counted for the alarm", async () => {
  const { done, summary } = await sweep([paymentEvent()]);
  expect(done).toEqual(["start evt_1"]);
  expect(summary).toMatchObject({ drift: 1, paidNotEnrolled: 1 });
  expect(counted()).toEqual(["Reconciled", "PaidNotEnrolled", "StartedLate"]);
});

test("a clean sweep is counted too, so that silence is not mistaken for it", async () => {
  await sweep([]);
  expect(vi.spyOn(Metrics.prototype, "addMetric")).toHaveBeenCalledWith("PaidNotEnrolled", "Count", 0);
});

test("what failed is counted and left to whoever reads its dead letter", async () => {
  const { done, summary } = await sweep([paymentEvent()], [["evt_1", "failed"]]);
  expect(done).toEqual([]);
  expect(summary).toMatchObject({ paidNotEnrolled: 1 });
});

test("what came in the last minutes is left to the webhook", async () => {
  const { summary } = await sweep([paymentEvent({ occurredAt: "2026-11-23T12:58:00.000Z" })]);
  expect(summary).toMatchObject({ drift: 0 });
});

test("one that cannot be started does not keep the others from it", async () => {
  const { summary } = await sweep(
    [paymentEvent(), paymentEvent({ eventId: "evt_2", checkoutSessionId: "cs_2" })],
    [],
    true,
  );
  expect(summary).toMatchObject({ drift: 2 });
});

test("news of a refund and records that cannot be read are counted, too", async () => {
  const under = createSweepUnderTest("2026-11-23T13:00:00.000Z");
  under.unreadable = [
    { record: new UnreadableRecord("evt_odd", "no session"), at: "2026-11-23T12:00:00.000Z" },
    { record: new UnreadableRecord("evt_odder", "no id"), at: "2026-11-20T12:00:00.000Z" },
  ];
  under.sessions = [paidSession()];
  under.notices = [paymentNotice()];
  const report = await createReconcile(under.ports)();
  expect(report).toMatchObject({ unreadable: 2, sweptUntil: "2026-11-20T12:00:00.000Z" });
  expect(counted().sort()).toEqual(["Reconciled", "RefundNoticed", "UnreadableRecord", "UnreadableRecord"]);
});

test.each([true, false])("one that breaks off says whether it went on with another one: %s", async (goOn) => {
  const { ports } = createSweepUnderTest("2026-11-23T13:00:00.000Z");
  const sweeps = { ...ports.sweeps, findSweep: () => Promise.reject(new Error("throttled")) };
  const log = vi.spyOn(Logger.prototype, "error").mockReturnValue();
  await expect(createReconcile({ ...ports, sweeps })({ goOn })).rejects.toThrow("throttled");
  expect(log).toHaveBeenCalledWith("stopped", expect.objectContaining({ isGoingOn: goOn }));
});
