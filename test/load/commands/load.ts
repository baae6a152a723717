/** `npm run load`: a launch minute and a million-purchase day in virtual time, within what AWS and Stripe allow, and what it costs. */
import "#test/resilience/environment.ts";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Command } from "commander";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { wholeNumber } from "#infra/command-line/whole-number.ts";
import { readShippedParts } from "#test/resilience/simulation/parts.ts";
import { totalOf } from "../costs/bill.ts";
import { COUNTED, type Costs, calculateCosts, isWithinBar, MOST_DOLLARS } from "../costs/calculate-costs.ts";
import { costsAsMarkdown, describeCosts } from "../costs/describe-costs.ts";
import { drawPicture } from "../draw-picture.ts";
import { findQuotaToRaise } from "../find-quota-to-raise.ts";
import { type LoadResult, runLoad } from "../run-load.ts";
import { busiestHour, day, launch, launches, type NamedScenario } from "../scenarios.ts";
import { findBroken, type Outcome, reportOutcomes, reportSweep } from "./report.ts";

interface Options {
  purchases: number;
  seed: number;
  sweep?: boolean;
  wholeDay?: boolean;
  costs?: boolean;
  markdown?: boolean;
  picture: string;
  json?: boolean;
}

const SAID_EVERY_MS = 2_000;
const program = new Command("npm run load --")
  .description(
    "Sells in virtual time, through the shipped handlers, on models with the default quotas of AWS and Stripe.\n" +
      "Exits 1 if somebody is lost or not enrolled in time, or if enrolling costs too much.",
  )
  .option("--purchases <count>", "how many pay in the launch minute", wholeNumber, 10_000)
  .option("--seed <number>", "what chance is drawn from; the same seed replays exactly", wholeNumber, 1)
  .option("--sweep", "double each quota on its own instead, and tell which one to raise first")
  .option("--whole-day", "all of the million-purchase day instead of its busiest hour; takes half an hour")
  .option("--costs", "only what a thousand enrollments cost")
  .option("--markdown", "with --costs: the tables of infra/aws/README.md")
  .option("--picture <file>", "where the launch minute is drawn, as SVG", ".artifacts/launch-minute.svg")
  .option("--json", "print JSON and nothing else");

await runCommand(program, async (options: Options) => {
  if (options.costs) return tellCosts(options);
  if (options.sweep) return tellQuotas(options);
  return tellLoad(options);
});

async function tellLoad({ purchases, seed, wholeDay, picture, json }: Options): Promise<void> {
  const sizes = { parts: readShippedParts(), purchases, seed };
  const scenarios = wholeDay ? [day(sizes)] : [...launches(sizes), busiestHour(sizes)];
  const outcomes: Outcome[] = [];
  for (const scenario of scenarios) outcomes.push({ scenario, result: await runShown(scenario, json) });
  const costs = await countCosts(json);
  const [first] = outcomes;
  if (first) await draw(first, picture);
  if (json) printJson({ outcomes: outcomes.map(withoutParts), costs }, 2);
  else print(`${reportOutcomes(outcomes)}\n${describeCosts(costs)}\nDrawn: ${picture}`);
  refuse([...findBroken(outcomes), ...findDear(costs)]);
}

async function tellQuotas({ purchases, seed, json }: Options): Promise<void> {
  const scenario = launch({ parts: readShippedParts(), purchases, seed });
  const sweep = await showProgress("Doubling each quota that was met", json, (announce) =>
    findQuotaToRaise(scenario, announce),
  );
  if (json) printJson(sweep, 2);
  else print(reportSweep(sweep));
}

async function tellCosts({ markdown, json }: Options): Promise<void> {
  const costs = await countCosts(json || markdown);
  if (json) printJson(costs, 2);
  else print(markdown ? costsAsMarkdown(costs) : describeCosts(costs));
  refuse(findDear(costs));
}

function runShown(scenario: NamedScenario, json: boolean | undefined): Promise<LoadResult> {
  return showProgress(scenario.name, json, (announce) => {
    let saidAt = performance.now();
    return runLoad(scenario, (enrolled) => {
      // The clock of the machine: in virtual time a second is over at once.
      if (performance.now() - saidAt < SAID_EVERY_MS) return;
      saidAt = performance.now();
      announce(`${enrolled.toLocaleString("en")} of ${scenario.purchases.toLocaleString("en")} enrolled`);
    });
  });
}

function countCosts(quiet: boolean | undefined): Promise<Costs> {
  return showProgress(`Counting what ${COUNTED} enrollments use`, quiet, () => calculateCosts(COUNTED));
}

async function draw({ scenario, result }: Outcome, picture: string): Promise<void> {
  await mkdir(path.dirname(picture), { recursive: true });
  const title = `${scenario.purchases.toLocaleString("en")} purchases: ${scenario.name}`;
  await writeFile(picture, drawPicture(result.samples, title));
}

function findDear(costs: Costs): string[] {
  const dollars = totalOf(costs.enrolling).toFixed(3);
  return isWithinBar(costs) ? [] : [`A thousand enrollments cost US$ ${dollars}, more than ${MOST_DOLLARS}.`];
}

function withoutParts({ scenario: { parts: _parts, arrivals: _arrivals, ...scenario }, result }: Outcome) {
  return { scenario, result };
}

/** @throws Error when anything is wrong, for the exit code */
function refuse(broken: string[]): void {
  if (broken.length > 0) throw new Error(broken.join(" "));
}
