import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Schedule, startSchedule } from "#infra/local/schedule.ts";

let schedule: Schedule;
const tries: number[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  tries.length = 0;
});

afterEach(async () => {
  await schedule.close();
  vi.useRealTimers();
});

function start(): void {
  schedule = startSchedule({ everyMs: 10_000, retryAfterMs: [1_000, 2_000] }, async () => {
    tries.push(Date.now());
  });
}

test("what is scheduled runs once each time", async () => {
  start();
  await vi.advanceTimersByTimeAsync(25_000);
  expect(tries).toEqual([10_000, 20_000]);
});
