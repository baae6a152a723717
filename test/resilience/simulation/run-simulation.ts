/** Ten thousand purchases are a hundred rounds, each with a seed of its own. */
import { checkStores, type Violation } from "../check/check-stores.ts";
import { isOpenedHere } from "../check/facts.ts";
import type { FinalStores } from "../check/final-stores.ts";
import { readShippedParts } from "./parts.ts";
import { seedOfRound } from "./random.ts";
import { runRound } from "./round.ts";

const PURCHASES_PER_ROUND = 100;

export interface SimulationResult {
  seed: number;
  purchases: number;
  catalogueEdits: number;
  sessions: number;
  openedHere: number;
  settled: number;
  deliveries: number;
  executions: number;
  redrives: number;
  deadLetters: number;
  enrollments: number;
  refunds: number;
  decisions: number;
  sweeps: number;
  /** Dead letters ever sent about a price that was not the agreed one, for sessions that Bursar opened. */
  amountMismatches: number;
  violations: (Violation & { round: number })[];
}

const NOTHING_COUNTED = {
  catalogueEdits: 0,
  sessions: 0,
  openedHere: 0,
  settled: 0,
  deliveries: 0,
  executions: 0,
  redrives: 0,
  deadLetters: 0,
  enrollments: 0,
  refunds: 0,
  decisions: 0,
  sweeps: 0,
  amountMismatches: 0,
};

/** @param only this round, for a replay */
export async function runSimulation(
  { seed, purchases, only }: { seed: number; purchases: number; only?: number | undefined },
  announce: (done: number, violations: number) => void,
): Promise<SimulationResult> {
  const result: SimulationResult = { seed, purchases: 0, ...NOTHING_COUNTED, violations: [] };
  const parts = readShippedParts();
  const rounds = Math.ceil(purchases / PURCHASES_PER_ROUND);
  for (let round = only ?? 0; round < (only === undefined ? rounds : only + 1); round += 1) {
    const size = Math.min(PURCHASES_PER_ROUND, purchases - round * PURCHASES_PER_ROUND);
    const stores = await runRound({ seed: seedOfRound(seed, round), purchases: size, parts });
    result.purchases += size;
    count(result, stores);
    result.violations.push(...checkStores(stores).map((violation) => ({ ...violation, round })));
    announce(result.purchases, result.violations.length);
  }
  return result;
}

function count(result: SimulationResult, stores: FinalStores): void {
  result.sessions += stores.sessions.length;
  result.settled += stores.sessions.filter(({ payment_status }) => payment_status !== "unpaid").length;
  result.deliveries += stores.deliveries.length;
  result.executions += stores.executions.length;
  result.redrives += stores.executions
    .flatMap(({ history }) => history)
    .filter(({ kind }) => kind === "redriven").length;
  result.deadLetters += stores.deadLetters.length;
  result.enrollments += stores.items.filter(({ SK }) => String(SK).startsWith("ENROLLMENT#")).length;
  result.catalogueEdits += stores.stream.filter(
    ({ key, before }) => key.startsWith("COURSE#") && before,
  ).length;
  const openedHere = new Set(stores.sessions.filter(isOpenedHere).map(({ id }) => id));
  result.openedHere += openedHere.size;
  result.refunds += stores.refundedAt.size;
  result.decisions += stores.items.filter(({ decision }) => decision).length;
  result.sweeps += stores.sweeps.length;
  const letters = stores.deadLettersEver.map((body) => JSON.parse(body) as Record<string, unknown>);
  result.amountMismatches += letters.filter(
    ({ error, checkoutSessionId }) => error === "AmountMismatch" && openedHere.has(String(checkoutSessionId)),
  ).length;
}
