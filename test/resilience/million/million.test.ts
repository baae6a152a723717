import "../environment.ts";
import { expect, test } from "vitest";
import type { SweepPorts } from "#workflow/reconcile/sweep.ts";
import { findMillionFaults } from "./find-faults.ts";
import { runMillion } from "./run-million.ts";

const PURCHASES = 6_000;
const run = (spoil?: (ports: SweepPorts) => SweepPorts) => runMillion(PURCHASES, undefined, spoil);

test("a day is swept within the hour, at Stripe's pace, each purchase read once, and what was lost is started", async () => {
  const result = await run();
  expect(findMillionFaults(result)).toEqual([]);
  expect(result.lost).toBe(6);
  // Events and sessions, a hundred at a time.
  expect(result.stripeReads).toBeGreaterThan((2 * PURCHASES) / 100);
});

test("a sweep that goes on past what could not be started is seen", async () => {
  const faults = findMillionFaults(
    await run(({ sweeps, ...ports }) => ({
      ...ports,
      sweeps: {
        ...sweeps,
        saveSweep: ({ checkouts, ...next }, previous) =>
          sweeps.saveSweep(
            { ...next, ...(checkouts && { checkouts: { ...checkouts, again: [] } }) },
            previous,
          ),
      },
    })),
  );
  expect(faults).toEqual(["1 of 6 lost purchases were not started"]);
});

test("a sweep that forgets what it has read is seen to read it again", async () => {
  const faults = findMillionFaults(
    await run(({ sweeps, ...ports }) => ({
      ...ports,
      sweeps: {
        ...sweeps,
        findSweep: async () => {
          const { saves } = (await sweeps.findSweep()) ?? {};
          return { saves, sweptUntil: "2026-11-26T00:00:00.000Z" };
        },
      },
    })),
  );
  expect(faults).toEqual([expect.stringMatching(/^each purchase was read 2/)]);
});
