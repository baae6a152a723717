import { expect, test } from "vitest";
import { checkStores } from "../check/check-stores.ts";
import { readShippedParts } from "./parts.ts";
import { runRound } from "./round.ts";
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
