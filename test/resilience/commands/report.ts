/** What the command prints once it is done. */
import Table from "cli-table3";
import { PROMISES, type PromiseNumber } from "../check/check-stores.ts";
import type { ExhaustiveResult } from "../exhaustive/explore.ts";
import type { KillResult } from "../kill/run-kills.ts";
import type { MutantResult } from "../mutants/run-mutants.ts";
import type { SimulationResult } from "../simulation/run-simulation.ts";

const createTable = (head: string[]) => new Table({ head, style: { head: [], border: [] } });
const count = (value: number) => value.toLocaleString("en");

export function reportSimulation(result: SimulationResult): string {
  const { violations, seed } = result;
  const figures = createTable(["what", "how many"]);
  const names = [
    "purchases",
    "sessions",
    "settled",
    "deliveries",
    "executions",
    "redrives",
    "deadLetters",
    "enrollments",
  ] as const;
  figures.push(
    ...names.map((name) => [name === "deadLetters" ? "dead letters left" : name, count(result[name])]),
  );
  const promises = createTable(["promise", "violations"]);
  for (const [number, promise] of Object.entries(PROMISES)) {
    const found = violations.filter((violation) => violation.promise === (Number(number) as PromiseNumber));
    promises.push([`${number}. ${promise}`, found.length]);
  }
  const traces = violations
    .slice(0, 10)
    .map(({ promise, what, round }) => `promise ${promise}, round ${round}: ${what}`);
  const [first] = violations;
  const replay = first
    ? `Replay: npm run resilience -- --seed ${seed} --purchases ${result.purchases} --round ${first.round}`
    : `Seed ${seed}: no violation.`;
  return [figures.toString(), promises.toString(), ...traces, replay].join("\n");
}

export function reportMutants(results: MutantResult[]): string {
  const table = createTable(["planted bug", "caught by promise", "within purchases"]);
  for (const { name, caughtBy, purchases } of results) {
    table.push([name, caughtBy.length > 0 ? caughtBy.join(", ") : "NOT CAUGHT", count(purchases)]);
  }
  const caught = results.filter(({ caughtBy }) => caughtBy.length > 0).length;
  return `${table.toString()}\n${caught} of ${results.length} planted bugs were caught.`;
}

export function reportExhaustive(results: ExhaustiveResult[]): string {
  const table = createTable(["scenario", "states", "transitions", "ends", "deepest", "violations"]);
  for (const { scenario, states, transitions, ends, deepest, violations } of results) {
    table.push([scenario, count(states), count(transitions), count(ends), deepest, violations.length]);
  }
  const traces = results
    .flatMap(({ violations }) => violations.slice(0, 3))
    .map(({ what, path }) => `${what}\n  ${path.join(" > ")}`);
  return [table.toString(), ...traces].join("\n");
}

export function reportKills({
  kills,
  resumed,
  purchases,
  settled,
  enrollments,
  deadLetters,
  violations,
  seconds,
}: KillResult): string {
  const table = createTable([
    "kills",
    "resumed executions",
    "purchases",
    "settled",
    "enrollments",
    "dead letters",
    "violations",
    "seconds",
  ]);
  table.push([
    kills,
    resumed,
    purchases,
    settled,
    enrollments,
    deadLetters,
    violations.length,
    Math.round(seconds),
  ]);
  return [
    table.toString(),
    ...violations.slice(0, 10).map(({ promise, what }) => `promise ${promise}: ${what}`),
  ].join("\n");
}
