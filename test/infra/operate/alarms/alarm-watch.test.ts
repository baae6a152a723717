import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ALARMS } from "#infra/deployment/alarms.ts";
import type { MetricName } from "#infra/deployment/metrics.ts";
import { createMetricStore, type MetricStore } from "#infra/local/metrics/metric-store.ts";
import { type AlarmWatch, startAlarmWatch } from "#infra/operate/alarms/alarm-watch.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let measured: MetricStore;
let watch: AlarmWatch;

beforeEach(() => {
  vi.useFakeTimers();
  start();
});

afterEach(async () => {
  await watch.close();
  vi.useRealTimers();
});

function start(isMeasured: (metric: MetricName) => boolean = () => true): void {
  measured = createMetricStore(isMeasured);
  watch = startAlarmWatch({ measured: { ...measured, sample: async () => {} } });
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const alarm = (id: keyof typeof ALARMS) => watch.listAlarms().find(({ alarmId }) => alarmId === id);
const changes = (id: keyof typeof ALARMS) => alarm(id)?.history.map(({ state }) => state);

test("every alarm of the deployment is there, and on a quiet morning it is OK", async () => {
  await pass(HOUR);
  expect(watch.listAlarms().map(({ alarmId, state }) => [alarmId, state])).toEqual(
    Object.keys(ALARMS).map((id) => [id, "OK"]),
  );
});

test("an alarm goes off at its threshold, not below, and is OK again, with both in its history", async () => {
  measured.record("counted:SignatureRefused", ALARMS.SignatureFailures.threshold - 1);
  await pass(2_000);
  expect(alarm("SignatureFailures")?.state).toBe("OK");
  measured.record("counted:SignatureRefused");
  await pass(2_000);
  expect(alarm("SignatureFailures")).toMatchObject({
    state: "ALARM",
    reason: "20 now; goes off at 20 requests in 5 minutes",
  });
  await pass(5 * MINUTE);
  expect(changes("SignatureFailures")).toEqual(["OK", "ALARM"]);
});

test("a second letter is told while the first still waits", async () => {
  const sendLetter = async (waiting: number) => {
    measured.record("lettersSent");
    for (let minutes = 0; minutes < 3; minutes += 1) {
      measured.record("visible:deadLetterQueue", waiting);
      await pass(MINUTE);
    }
  };
  await sendLetter(1);
  await sendLetter(2);
  expect(changes("NewDeadLetters")).toEqual(["OK", "ALARM", "OK", "ALARM"]);
  expect(changes("DeadLetters")).toEqual(["ALARM"]);
});

test("a letter that an operator has in hand still waits", async () => {
  measured.record("inFlight:deadLetterQueue", 1);
  await pass(2_000);
  expect(alarm("DeadLetters")?.state).toBe("ALARM");
});

test.each(["visible:overflowQueue", "inFlight:overflowQueue"] as const)(
  "what waits for a quarter of an hour is told of by %s, however often it was received",
  async (metric) => {
    let minutes = 0;
    for (; alarm("OverflowAge")?.state !== "ALARM" && minutes < 60; minutes += 1) {
      measured.record(metric, 1);
      await pass(MINUTE);
    }
    expect(minutes).toBeGreaterThan(10);
    expect(minutes).toBeLessThanOrEqual(15);
  },
);

test("what waits for a few minutes now and then is not", async () => {
  for (let minute = 0; minute < 60; minute += 1) {
    measured.record("visible:overflowQueue", minute % 15 < 10 ? 1 : 0);
    await pass(MINUTE);
  }
  expect(changes("OverflowAge")).toEqual([]);
});

test("an alarm of two periods waits for the second", async () => {
  measured.record("throttles:writeEnrollment", 100);
  await pass(4 * MINUTE);
  expect(alarm("StepThrottles")?.state).toBe("OK");
  await pass(2 * MINUTE);
  measured.record("throttles:closeCheckout", 100);
  await pass(2_000);
  expect(alarm("StepThrottles")?.state).toBe("ALARM");
});

test("a reconciliation that does not run is missed after two hours, and not before anybody could know", async () => {
  await pass(HOUR);
  expect(alarm("ReconciliationMissing")?.state).toBe("OK");
  measured.record("counted:Reconciled");
  await pass(1.9 * HOUR);
  expect(alarm("ReconciliationMissing")?.state).toBe("OK");
  await pass(0.2 * HOUR);
  expect(alarm("ReconciliationMissing")).toMatchObject({
    state: "ALARM",
    reason: "0 now; goes off below 1 reconciliations in 60 minutes, for 2 of 2 such periods",
  });
  measured.record("counted:Reconciled");
  await pass(2_000);
  expect(alarm("ReconciliationMissing")?.state).toBe("OK");
});

test("what cannot be measured here says so by name, and is never OK", async () => {
  await watch.close();
  start((metric) => !metric.includes("preToken") && metric !== "lettersSent");
  await pass(2_000);
  expect(alarm("SignInFailures")).toMatchObject({
    state: "NOT_MEASURED",
    reason: expect.stringContaining("not measured here: errors:preToken, throttles:preToken") as string,
  });
  expect(alarm("NewDeadLetters")).toMatchObject({
    state: "OK",
    reason: expect.stringContaining("not measured here: lettersSent") as string,
  });
});
