/** Plants each bug in turn and simulates until the checker speaks. */
import { checkStores, type PromiseNumber } from "../check/check-stores.ts";
import { readShippedParts } from "../simulation/parts.ts";
import { seedOfRound } from "../simulation/random.ts";
import { runRound } from "../simulation/round.ts";
import { STORM } from "../simulation/weather.ts";
import { CODE_MUTANTS } from "./code-mutants.ts";
import { DECISION_MUTANTS } from "./decision-mutants.ts";
import { DEFINITION_MUTANTS } from "./definition-mutants.ts";
import { PURCHASE_MUTANTS } from "./purchase-mutants.ts";

export interface MutantResult {
  name: string;
  /** Empty: it lives. */
  caughtBy: PromiseNumber[];
  purchases: number;
  firstViolation: string | undefined;
}

export const MUTANTS = [...DEFINITION_MUTANTS, ...CODE_MUTANTS, ...PURCHASE_MUTANTS, ...DECISION_MUTANTS];

const PURCHASES = 100;
/** No mutant of those above has needed a third of them. */
const MOST_ROUNDS = 40;

export async function runMutant(index: number, seed: number): Promise<MutantResult> {
  const mutant = MUTANTS[index];
  if (!mutant) throw new Error(`There are ${MUTANTS.length} mutants.`);
  const parts = mutant.spoil(readShippedParts());
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const stores = await runRound({
      seed: seedOfRound(seed, round),
      purchases: PURCHASES,
      parts,
      rates: STORM,
    });
    const violations = checkStores(stores);
    const [first] = violations;
    if (!first) continue;
    const caughtBy = [...new Set(violations.map(({ promise }) => promise))].sort();
    return { name: mutant.name, caughtBy, purchases: (round + 1) * PURCHASES, firstViolation: first.what };
  }
  return { name: mutant.name, caughtBy: [], purchases: MOST_ROUNDS * PURCHASES, firstViolation: undefined };
}
