/** `npm run resilience`: simulates purchases with every kind of fault, and checks what is promised on what is stored. */
import "../environment.ts";
import { Command } from "commander";
import { EXIT_CODES } from "#infra/command-line/exit-codes.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { wholeNumber } from "#infra/command-line/whole-number.ts";
import { type BlackoutResult, runBlackout } from "../blackout/run-blackout.ts";
import { exploreScenario } from "../exhaustive/explore.ts";
import { readScenarios } from "../exhaustive/scenarios.ts";
import { runKills } from "../kill/run-kills.ts";
import { findMillionFaults } from "../million/find-faults.ts";
import { runApart } from "../million/run-apart.ts";
import { MUTANTS, type MutantResult, runMutant } from "../mutants/run-mutants.ts";
import { runSales } from "../sales/run-sales.ts";
import { runSimulation } from "../simulation/run-simulation.ts";
import { reportExhaustive, reportKills, reportMutants, reportSales, reportSimulation } from "./report.ts";
import { reportBlackouts, reportMillion } from "./report-sweeps.ts";

interface Options {
  purchases: number;
  seed: number;
  round?: number;
  mutants?: boolean;
  exhaustive?: boolean;
  kill?: number;
  sales?: number;
  blackout?: number | true;
  million?: number | true;
  json?: boolean;
}

/** A blackout is tried with so many seeds, one after the other. */
const BLACKOUTS = 3;

/** `ok`: nothing is wrong. */
interface Proof {
  ok: boolean;
  report: string;
  result: unknown;
}

const program = new Command("npm run resilience --")
  .description("Simulates purchases under faults and checks that nothing a student paid for is lost.")
  .option("--purchases <count>", "how many to simulate", wholeNumber, 10_000)
  .option(
    "--seed <number>",
    "what chance is drawn from; the same seed replays exactly",
    wholeNumber,
    drawSeed(),
  )
  .option("--round <number>", "replay this round of the seed only", wholeNumber)
  .option("--mutants", "plant bugs instead, and tell which promise caught each")
  .option(
    "--exhaustive",
    "go through every order of deliveries, crashes, redrives, decisions and sweeps instead",
  )
  .option("--kill <times>", "kill the real local process this often under load instead", wholeNumber)
  .option(
    "--sales <count>",
    "make this many sales instead, in twelve currencies, with codes and taxes and some that are wrong",
    wholeNumber,
  )
  .option(
    "--blackout [students]",
    "let 10,000 students buy instead while webhook, sweep and secret are away for 29 days, with three seeds",
    wholeNumber,
  )
  .option("--million [purchases]", "sweep a day of 1,000,000 purchases instead, within 256 MB", wholeNumber)
  .option("--json", "print the result as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 all promises hold, 1 one was broken (or a planted bug lives), 2 asked wrongly.",
  );

await runCommand(program, async (options: Options) => {
  const { ok, report, result } = await prove(options);
  if (options.json) printJson(result, 2);
  else print(report);
  if (!ok) process.exitCode = EXIT_CODES.notDone;
});

function prove(options: Options): Promise<Proof> {
  if (options.mutants) return proveMutants(options);
  if (options.exhaustive) return proveExhaustively(options);
  if (options.sales !== undefined) return proveBySales(options, options.sales);
  if (options.blackout !== undefined) return proveByBlackout(options, countOr(options.blackout, 10_000));
  if (options.million !== undefined) return proveByMillion(options, countOr(options.million, 1_000_000));
  return options.kill === undefined ? proveBySimulation(options) : proveByKills(options, options.kill);
}

async function proveBySimulation({ seed, purchases, round, json }: Options): Promise<Proof> {
  const title = `Seed ${seed}: simulating ${purchases.toLocaleString("en")} purchases`;
  const result = await showProgress(title, json, (announce) =>
    runSimulation({ seed, purchases, only: round }, (done, violations) =>
      announce(`${bar(done / purchases)} ${done.toLocaleString("en")} purchases, ${violations} violations`),
    ),
  );
  return { ok: result.violations.length === 0, report: reportSimulation(result), result };
}

async function proveMutants({ seed, json }: Options): Promise<Proof> {
  const results = await showProgress(
    `Seed ${seed}: planting ${MUTANTS.length} bugs`,
    json,
    async (announce) => {
      const done: MutantResult[] = [];
      for (const [index, { name }] of MUTANTS.entries()) {
        announce(`${bar(index / MUTANTS.length)} ${name}`);
        done.push(await runMutant(index, seed));
      }
      return done;
    },
  );
  return {
    ok: results.every(({ caughtBy }) => caughtBy.length > 0),
    report: reportMutants(results),
    result: results,
  };
}

async function proveExhaustively({ json }: Options): Promise<Proof> {
  const results = await showProgress("Going through every order", json, async (announce) => {
    const done = [];
    for (const scenario of readScenarios()) {
      done.push(await exploreScenario(scenario, (states) => announce(`${scenario.name}: ${states} states`)));
    }
    return done;
  });
  const ok = results.every(({ violations, cut }) => violations.length === 0 && cut === 0);
  return { ok, report: reportExhaustive(results), result: results };
}

async function proveByKills({ seed, json }: Options, kills: number): Promise<Proof> {
  const result = await showProgress(
    `Seed ${seed}: killing the local process ${kills} times`,
    json,
    (announce) => runKills({ kills, seed }, (done) => announce(`${bar(done / kills)} ${done} kills`)),
  );
  return { ok: result.violations.length === 0, report: reportKills(result), result };
}

async function proveBySales({ seed, json }: Options, sales: number): Promise<Proof> {
  const title = `Seed ${seed}: making ${sales.toLocaleString("en")} sales`;
  const result = await showProgress(title, json, (announce) =>
    runSales({ seed, sales }, (done) => announce(`${bar(done / sales)} ${done.toLocaleString("en")} sales`)),
  );
  return { ok: result.faults.length === 0, report: reportSales(result), result };
}

async function proveByBlackout({ seed, json }: Options, students: number): Promise<Proof> {
  const title = `Seeds ${seed} to ${seed + BLACKOUTS - 1}: 29 days without webhook, sweep and secret`;
  const results = await showProgress(title, json, async (announce) => {
    const done: BlackoutResult[] = [];
    for (let offset = 0; offset < BLACKOUTS; offset += 1)
      done.push(
        await runBlackout({ seed: seed + offset, students }, (day) =>
          announce(`seed ${seed + offset}, ${day}`),
        ),
      );
    return done;
  });
  const ok = results.every(
    ({ lost, broken, deadLetters }) => lost.length + broken.length + deadLetters === 0,
  );
  return { ok, report: reportBlackouts(results), result: results };
}

async function proveByMillion({ json }: Options, purchases: number): Promise<Proof> {
  const title = `Sweeping a day of ${purchases.toLocaleString("en")} purchases`;
  const result = await showProgress(title, json, (announce) =>
    runApart(purchases, (sweptUntil) => announce(`swept until ${sweptUntil}`)),
  );
  const faults = findMillionFaults(result);
  return { ok: faults.length === 0, report: reportMillion(result, faults), result: { ...result, faults } };
}

function countOr(given: number | true, usual: number): number {
  return given === true ? usual : given;
}

function bar(part: number): string {
  const full = Math.round(part * 30);
  return `${"█".repeat(full)}${"░".repeat(30 - full)}`;
}

function drawSeed(): number {
  return Math.floor(Math.random() * 1_000_000);
}
