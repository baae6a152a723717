/** `npm run judges`: the stand-ins beside what the originals, or engines that others wrote, answer. */
import { Command } from "commander";
import { EXIT_CODES } from "#infra/command-line/exit-codes.ts";
import { print, printAside, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { JUDGES, type Judgement, part } from "../judges.ts";
import { FAULTS } from "../planted/faults.ts";
import { plantFaults } from "../planted/plant-faults.ts";
import { runJudge } from "../run-judge.ts";
import { describeJudgements, describePlanted, type Skipped } from "./describe.ts";

interface Options {
  only?: string;
  planted?: boolean;
  json?: boolean;
}

const program = new Command("npm run judges --")
  .description(
    "Compares the stand-ins with what the real services answered, and with engines that others wrote. Exits 1 when they differ and nobody has said why.",
  )
  .option("--only <text>", "judges whose name contains this")
  .option(
    "--planted",
    "plant faults in a copy of the stand-ins, one after another, and see that a judge finds each; exits 1 when one is not found",
  )
  .option("--json", "print JSON and nothing else");

// Without this the servers of others, and the copy of the sources, would stay behind.
process.once("SIGINT", () => process.exit(130));

await runCommand(program, async ({ only = "", planted, json }: Options) => {
  const wanted = JUDGES.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
  if (wanted.length === 0) throw new Error(`No judge's name contains "${only}".`);
  if (planted) await runPlanted(wanted, json);
  else await runJudges(wanted, json);
});

type Wanted = typeof JUDGES;

async function runJudges(wanted: Wanted, json: boolean | undefined): Promise<void> {
  const judgements: Judgement[] = [];
  const { able, skipped } = partByWhatIsMissing(wanted);
  for (const { name } of able) {
    const verdict = await showProgress(`Judging ${name}`, json, (announce) => runJudge(name, announce));
    judgements.push(part(verdict));
  }
  if (json) printJson({ judgements, skipped });
  else print(describeJudgements(judgements, skipped));
  if (judgements.some(({ unexplained }) => unexplained.length > 0)) process.exitCode = EXIT_CODES.notDone;
}

async function runPlanted(wanted: Wanted, json: boolean | undefined): Promise<void> {
  const { able, skipped } = partByWhatIsMissing(wanted);
  const names = able.map(({ name }) => name);
  const startedAt = Date.now();
  const results = await plantFaults(
    FAULTS.filter(({ judge }) => names.includes(judge)),
    (step) => printAside(`${String(Math.round((Date.now() - startedAt) / 1000)).padStart(4)} s  ${step}`),
  );
  if (json) printJson({ results, skipped });
  else print(describePlanted(results, skipped));
  if (results.some(({ caughtBy }) => caughtBy === undefined)) process.exitCode = EXIT_CODES.notDone;
}

function partByWhatIsMissing(wanted: Wanted): { able: Wanted; skipped: Skipped[] } {
  const able: Wanted = [];
  const skipped: Skipped[] = [];
  for (const judge of wanted) {
    const missing = judge.missing();
    if (missing) skipped.push({ judge: judge.name, missing });
    else able.push(judge);
  }
  return { able, skipped };
}
