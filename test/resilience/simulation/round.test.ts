import { expect, test } from "vitest";
import { inTime } from "#handlers/adapters/in-time.ts";
import { checkStores } from "../check/check-stores.ts";
import { readShippedParts } from "./parts.ts";
import { runRound, withVirtualClock } from "./round.ts";
import { runSimulation } from "./run-simulation.ts";
import { STORM } from "./weather.ts";

/** Milliseconds; some seconds of work, and far more on a machine that is busy. */
const PATIENT = { timeout: 120_000 };

test("200 purchases under faults break no promise", PATIENT, async () => {
  const { violations, purchases } = await runSimulation(
    { seed: 20_261_123, purchases: 200 },
    () => undefined,
  );
  expect(violations).toEqual([]);
  expect(purchases).toBe(200);
});

test("the same seed leads to the same stores, so that a failing seed can be replayed", PATIENT, async () => {
  const round = () => runRound({ seed: 7, purchases: 30, parts: readShippedParts(), rates: STORM });
  const [one, other] = [await round(), await round()];
  expect(other).toEqual(one);
  expect(checkStores(one)).toEqual([]);
});

test("what runs in virtual time is ended by no limit of this machine's time, however long it takes", async () => {
  const longerThanItsLimit = async () => {
    for (const end = performance.now() + 5; performance.now() < end; )
      await new Promise((resolve) => setImmediate(resolve));
  };
  await withVirtualClock(
    () => 0,
    () => inTime(longerThanItsLimit(), 1, "a step"),
  );
  await expect(inTime(longerThanItsLimit(), 1, "a step")).rejects.toThrow("not over after 1 ms");
});
