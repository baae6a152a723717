/** The deployed definition on an interpreter that others wrote, and here: the same scenarios, event by event, pause by pause. */
import { readDefinition } from "#infra/local/definition.ts";
import { installPython } from "../../tools/python.ts";
import { type Difference, emptyVerdict, type Verdict } from "../../verdict.ts";
import { compareHistories } from "../compare-histories.ts";
import { scriptAnswers } from "./answers.ts";
import { runHere } from "./run-here.ts";
import { runOnMoto } from "./run-on-moto.ts";
import type { Runs } from "./runs.ts";
import { SCENARIOS } from "./scenarios.ts";
import { createShippedSteps } from "./shipped-steps.ts";

/** Nothing listens there: a queue is found whatever host its URL names. */
const ANY_URL = "http://localhost:4566";

export async function judgeDeployedDefinition(announce: (step: string) => void): Promise<Verdict> {
  const verdict = emptyVerdict("deployed definition");
  announce("installing moto");
  const programs = await installPython();
  const definition = await readDefinition(ANY_URL);
  announce("running it on moto");
  const theirs = await runOnMoto(programs, definition, SCENARIOS, await freshAnswers());
  announce("running it here");
  const ours = await runHere(definition, SCENARIOS, await freshAnswers());
  for (const [index, { what }] of SCENARIOS.entries()) compare(what, theirs[index], ours[index], verdict);
  return { ...verdict, differences: verdict.differences.map(nameDoubt) };
}

const NO_CHOICE_ON_MOTO = `ExecutionFailed {"cause":"RuntimeError(('No branching option reached in state %s', 'AwaitRedrive'))","error":"States.Runtime"}`;

/** All that went before was the same when this is where they differ. */
function nameDoubt(difference: Difference): Difference {
  const isNameAlone =
    difference.theirs === NO_CHOICE_ON_MOTO &&
    /^ExecutionFailed .*the state 'AwaitRedrive' .*"error":"States\.NoChoiceMatched"}$/.test(difference.ours);
  return isNameAlone
    ? { ...difference, what: `${difference.what}: only how AwaitRedrive fails` }
    : difference;
}

const freshAnswers = () =>
  Promise.all(
    SCENARIOS.map(async (scenario) => scriptAnswers(scenario, await createShippedSteps(scenario.arrange))),
  );

const NOTHING: Runs = { runs: [], pauses: [] };

function compare(what: string, theirs = NOTHING, ours = NOTHING, verdict: Verdict) {
  const runs = Math.max(theirs.runs.length, ours.runs.length);
  for (let run = 0; run < runs; run += 1) {
    const both = { theirs: theirs.runs[run] ?? [], ours: ours.runs[run] ?? [] };
    compareHistories(run === 0 ? what : `${what}, redrive ${run}`, both, verdict);
  }
  const [expected, found] = [theirs.pauses.join(" "), ours.pauses.join(" ")];
  if (expected !== found)
    verdict.differences.push({ what: `${what}, seconds before each retry`, theirs: expected, ours: found });
}
