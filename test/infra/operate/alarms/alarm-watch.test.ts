import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ALARM_PERIOD_SECONDS, ALARMS } from "#infra/deployment/alarms.ts";
import { type AlarmWatch, type Measurements, startAlarmWatch } from "#infra/operate/alarms/alarm-watch.ts";

let measured: Measurements = {};
let watch: AlarmWatch;

beforeEach(() => {
  vi.useFakeTimers();
  measured = {};
  watch = startAlarmWatch({ measure: async () => measured });
});

afterEach(async () => {
  await watch.close();
  vi.useRealTimers();
});

async function measure(next: Measurements): Promise<void> {
  measured = next;
  await vi.advanceTimersByTimeAsync(2_000);
}

const alarm = (id: keyof typeof ALARMS) => watch.listAlarms().find(({ alarmId }) => alarmId === id);

test("every alarm of the deployment is there, and without data it is OK", async () => {
  await measure({});
  expect(watch.listAlarms().map(({ alarmId, state }) => [alarmId, state])).toEqual(
    Object.keys(ALARMS).map((id) => [id, "OK"]),
  );
});

test("an alarm goes off at its threshold, not below, and is OK again, with both in its history", async () => {
  await measure({ SignatureFailures: ALARMS.SignatureFailures.threshold - 1 });
  expect(alarm("SignatureFailures")?.state).toBe("OK");
  await measure({ SignatureFailures: ALARMS.SignatureFailures.threshold });
  expect(alarm("SignatureFailures")).toMatchObject({
    state: "ALARM",
    reason: expect.stringContaining("20 now") as string,
  });
  await measure({});
  expect(alarm("SignatureFailures")?.history.map(({ state }) => state)).toEqual(["OK", "ALARM"]);
});

test("an alarm of two periods waits for the second", async () => {
  await measure({ StepThrottles: 100 });
  expect(alarm("StepThrottles")?.state).toBe("OK");
  await vi.advanceTimersByTimeAsync(ALARM_PERIOD_SECONDS * 1_000);
  expect(alarm("StepThrottles")?.state).toBe("ALARM");
});
