/** What the command prints once it is done. */
import { renderTable } from "#infra/command-line/table.ts";
import { PROMISES, type PromiseNumber } from "../check/check-stores.ts";
import type { ExhaustiveResult } from "../exhaustive/explore.ts";
import type { KillResult } from "../kill/run-kills.ts";
import type { MutantResult } from "../mutants/run-mutants.ts";
import type { SalesResult } from "../sales/sell.ts";
import type { SimulationResult } from "../simulation/run-simulation.ts";

const count = (value: number) => value.toLocaleString("en");

const FIGURES = [
  ["purchases", "purchases"],
  ["catalogueEdits", "edits of the catalogue"],
  ["sessions", "checkout sessions"],
  ["openedHere", "of these opened by Bursar"],
  ["settled", "settled"],
  ["deliveries", "deliveries"],
  ["executions", "executions"],
  ["redrives", "redrives"],
  ["sweeps", "sweeps"],
  ["refunds", "paid back in full"],
  ["decisions", "decisions"],
  ["deadLetters", "dead letters left"],
  ["amountMismatches", "AmountMismatch for what Bursar opened"],
  ["enrollments", "enrollments"],
] as const;

export function reportSimulation(result: SimulationResult): string {
  const { violations, seed } = result;
  const figures = FIGURES.map(([name, words]) => [words, count(result[name])]);
  const promises = Object.entries(PROMISES).map(([number, promise]) => {
    const found = violations.filter((violation) => violation.promise === (Number(number) as PromiseNumber));
    return [`${number}. ${promise}`, found.length];
  });
  const traces = violations
    .slice(0, 10)
    .map(({ promise, what, round }) => `promise ${promise}, round ${round}: ${what}`);
  const [first] = violations;
  const replay = first
    ? `Replay: npm run resilience -- --seed ${seed} --purchases ${result.purchases} --round ${first.round}`
    : `Seed ${seed}: no violation.`;
  return [
    renderTable(figures, { head: ["what", "how many"] }),
    renderTable(promises, { head: ["promise", "violations"] }),
    ...traces,
    replay,
  ].join("\n");
}

export function reportMutants(results: MutantResult[]): string {
  const rows = results.map(({ name, caughtBy, purchases }) => [
    name,
    caughtBy.length > 0 ? caughtBy.join(", ") : "NOT CAUGHT",
    count(purchases),
  ]);
  const table = renderTable(rows, { head: ["planted bug", "caught by promise", "within purchases"] });
  const caught = results.filter(({ caughtBy }) => caughtBy.length > 0).length;
  return `${table}\n${caught} of ${results.length} planted bugs were caught.`;
}

export function reportExhaustive(results: ExhaustiveResult[]): string {
  const rows = results.map(({ scenario, states, transitions, ends, deepest, violations }) => [
    scenario,
    count(states),
    count(transitions),
    count(ends),
    deepest,
    violations.length,
  ]);
  const head = ["scenario", "states", "transitions", "ends", "deepest", "violations"];
  const traces = results
    .flatMap(({ violations }) => violations.slice(0, 3))
    .map(({ what, path }) => `${what}\n  ${path.join(" > ")}`);
  return [renderTable(rows, { head }), ...traces].join("\n");
}

export function reportSales({ sales, enrolled, free, refused, faults }: SalesResult): string {
  const head = [
    "sales",
    "enrolled at what was charged",
    "of these free by a code",
    "wrong ones refused",
    "faults",
  ];
  const row = [sales, enrolled, free, refused, faults.length].map(count);
  return [renderTable([row], { head }), ...faults.slice(0, 10)].join("\n");
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
  const row = [
    kills,
    resumed,
    purchases,
    settled,
    enrollments,
    deadLetters,
    violations.length,
    Math.round(seconds),
  ];
  const head = [
    "kills",
    "resumed executions",
    "purchases",
    "settled",
    "enrollments",
    "dead letters",
    "violations",
    "seconds",
  ];
  const traces = violations.slice(0, 10).map(({ promise, what }) => `promise ${promise}: ${what}`);
  return [renderTable([row], { head }), ...traces].join("\n");
}
