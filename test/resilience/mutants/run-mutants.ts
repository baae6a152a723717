/** Plants each bug in turn and simulates until the checker speaks. */
import { checkStores, type PromiseNumber, type Violation } from "../check/check-stores.ts";
import { exploreScenario } from "../exhaustive/explore.ts";
import { readScenarios } from "../exhaustive/scenarios.ts";
import { readShippedParts } from "../simulation/parts.ts";
import { seedOfRound } from "../simulation/random.ts";
import { runRound } from "../simulation/round.ts";
import { STORM } from "../simulation/weather.ts";
import { CODE_MUTANTS } from "./code-mutants.ts";
import { DECISION_MUTANTS } from "./decision-mutants.ts";
import { DEFINITION_MUTANTS } from "./definition-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { PURCHASE_MUTANTS } from "./purchase-mutants.ts";

export interface MutantResult {
  name: string;
  /** Empty: it lives. */
  caughtBy: PromiseNumber[];
  /** How many were made; of one that was shown in every order, those of its scenario. */
  purchases: number;
  firstViolation: string | undefined;
}

export const MUTANTS = [...DEFINITION_MUTANTS, ...CODE_MUTANTS, ...PURCHASE_MUTANTS, ...DECISION_MUTANTS];

const PURCHASES = 100;
/** Most show in the first. What shows in one of thirteen, as the rarest did, hides from all of these once in ten million. */
const MOST_ROUNDS = 200;

/** @param wanted goes on until this promise is broken; undefined: until any is */
export async function runMutant(index: number, seed: number, wanted?: PromiseNumber): Promise<MutantResult> {
  const mutant = MUTANTS[index];
  if (!mutant) throw new Error(`There are ${MUTANTS.length} mutants.`);
  const isCaught = (found: Violation[]) => found.some(({ promise }) => promise === (wanted ?? promise));
  const { violations, purchases } = mutant.scenario
    ? await goThroughEveryOrder(mutant, mutant.scenario, isCaught)
    : await simulate(mutant, seed, isCaught);
  const caughtBy = [...new Set(violations.map(({ promise }) => promise))].sort();
  return { name: mutant.name, caughtBy, purchases, firstViolation: violations[0]?.what };
}

interface Shown {
  violations: Violation[];
  purchases: number;
}

async function simulate(
  { spoil }: Mutant,
  seed: number,
  isCaught: (found: Violation[]) => boolean,
): Promise<Shown> {
  const parts = spoil(readShippedParts());
  const violations: Violation[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const options = { seed: seedOfRound(seed, round), purchases: PURCHASES, parts, rates: STORM };
    violations.push(...checkStores(await runRound(options)));
    if (isCaught(violations)) return { violations, purchases: (round + 1) * PURCHASES };
  }
  return { violations, purchases: MOST_ROUNDS * PURCHASES };
}

/** Without crashes, which show nothing more of it and take far longer. */
async function goThroughEveryOrder(
  { spoil }: Mutant,
  name: string,
  isCaught: (found: Violation[]) => boolean,
): Promise<Shown> {
  const scenario = readScenarios().find((one) => one.name === name);
  if (!scenario) throw new Error(`There is no scenario ${name}.`);
  const spoiled = { ...scenario, parts: spoil(scenario.parts), crashes: 0 };
  const { violations } = await exploreScenario(spoiled, () => undefined, isCaught);
  return { violations, purchases: 1 };
}
