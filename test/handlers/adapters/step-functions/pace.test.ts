import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTurns } from "#handlers/adapters/step-functions/pace.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("in no window are there more calls than the pace allows, however they are bunched", async () => {
  const takeTurn = createTurns({ calls: 5, perMs: 1_000 });
  const made: number[] = [];
  const call = async () => {
    await takeTurn();
    made.push(Date.now());
  };
  const start = Date.now();
  const calls = Array.from({ length: 12 }, call);
  await vi.advanceTimersByTimeAsync(900);
  calls.push(...Array.from({ length: 3 }, call));
  await vi.runAllTimersAsync();
  await Promise.all(calls);
  expect(made.map((at) => at - start)).toEqual([
    0, 0, 0, 0, 0, 1_000, 1_000, 1_000, 1_000, 1_000, 2_000, 2_000, 2_000, 2_000, 2_000,
  ]);
});

test("who comes after a pause does not wait", async () => {
  const takeTurn = createTurns({ calls: 2, perMs: 1_000 });
  await Promise.all([takeTurn(), takeTurn()]);
  await vi.advanceTimersByTimeAsync(1_000);
  const before = Date.now();
  await takeTurn();
  expect(Date.now()).toBe(before);
});
