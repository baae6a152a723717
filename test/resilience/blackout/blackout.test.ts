import "../environment.ts";
import { describe, expect, test } from "vitest";
import type { SweepPorts } from "#workflow/reconcile/sweep.ts";
import { type Parts, readShippedParts } from "../simulation/parts.ts";
import { runBlackout } from "./run-blackout.ts";

const PATIENT = { timeout: 60_000 };
const SMALL = { seed: 7, students: 60 };

/** The shipped deployment with another sweep. */
function spoilSweep(spoil: (ports: SweepPorts) => SweepPorts): Parts {
  const parts = readShippedParts();
  return { ...parts, createReconcile: (ports) => parts.createReconcile(spoil(ports)) };
}

describe("after 29 days without webhook, sweep and secret", () => {
  test("everybody who has paid is enrolled without a human command", PATIENT, async () => {
    const result = await runBlackout(SMALL);
    expect(result).toMatchObject({ lost: [], broken: [], deadLetters: 0 });
    expect(result.settled).toBeGreaterThan(30);
    expect(result.enrolled).toBe(result.settled);
  });

  test(
    "a mark that is set past what could not be started loses them, and that is seen",
    PATIENT,
    async () => {
      const parts = spoilSweep(({ sweeps, ...ports }) => ({
        ...ports,
        sweeps: {
          ...sweeps,
          saveSweep: ({ saves, checkouts, ...next }, previous) =>
            sweeps.saveSweep(
              {
                ...next,
                saves,
                sweptUntil: checkouts?.until ?? next.sweptUntil,
                ...(checkouts && { checkouts: { ...checkouts, left: [], again: [] } }),
              },
              previous,
            ),
        },
      }));
      const { lost, broken } = await runBlackout(SMALL, undefined, parts);
      expect(lost.length).toBeGreaterThan(0);
      expect(broken.some((what) => what.includes("the sweep has gone past"))).toBe(true);
    },
  );

  test("a sweep that looks back a day loses them, and that is seen", PATIENT, async () => {
    const dayAgo = (now: () => Date) => new Date(now().getTime() - 24 * 60 * 60 * 1000).toISOString();
    const parts = spoilSweep(({ sweeps, ...ports }) => ({
      ...ports,
      sweeps: {
        ...sweeps,
        async findSweep() {
          const { saves, sweptUntil } = (await sweeps.findSweep()) ?? {};
          const furthest = dayAgo(ports.now);
          return sweptUntil === undefined || sweptUntil < furthest
            ? { saves, sweptUntil: furthest }
            : { saves, sweptUntil };
        },
      },
    }));
    expect((await runBlackout(SMALL, undefined, parts)).lost.length).toBeGreaterThan(30);
  });
});
