/** The answers of Step Functions' API, field by field, and its errors with their words: the local one beside the recordings. */

import type { SFNClient } from "@aws-sdk/client-sfn";
import { mapConcurrently } from "#workflow/map-concurrently.ts";
import { readRecording } from "../../recordings.ts";
import { emptyVerdict, type Verdict } from "../../verdict.ts";
import { type Answers, asRecorded, compareAnswers } from "../compare-answers.ts";
import { withEndpoint } from "../with-endpoint.ts";
import { RECORDED_ALIASES } from "./alias-requests.ts";
import { notThere, RECORDED_TESTS, type RecordedTest } from "./requests.ts";
import { RECORDED_VERSIONS } from "./version-requests.ts";

const RECORDINGS = ["test_sfn_api", "test_sfn_api_versioning", "test_sfn_api_aliasing"];

export async function judgeOperations(): Promise<Verdict> {
  const verdict = emptyVerdict("operations");
  const recorded = Object.fromEntries(RECORDINGS.flatMap((name) => readRecording<Answers>(`v2/${name}`)));
  const ours: Record<string, Answers> = {};
  await mapConcurrently(groupByEndpoint(), async (tests) => {
    await withEndpoint(tests[0]?.[1].definition ?? "", {}, async (client) => {
      for (const [test, { requests }] of tests)
        ours[test] = await answersOf(requests(client, test.slice(0, MOST_OF_NAME)));
      await requireRefused(client, verdict);
    });
  });
  for (const [test, answers] of Object.entries(recorded))
    for (const [name, answer] of Object.entries(answers))
      compareIfAsked(`${test} ${name}`, answer, ours[test]?.[name], verdict);
  verdict.differences.sort((one, other) => one.what.localeCompare(other.what));
  return verdict;
}

/** Of the 80 characters that a name may have, so that a test can add some. */
const MOST_OF_NAME = 60;

function groupByEndpoint(): [test: string, RecordedTest][][] {
  const groups: Record<string, [string, RecordedTest][]> = {};
  for (const [test, recorded] of Object.entries({
    ...RECORDED_TESTS,
    ...RECORDED_VERSIONS,
    ...RECORDED_ALIASES,
  }))
    (groups[recorded.isAlone ? test : recorded.definition] ??= []).push([test, recorded]);
  return Object.values(groups);
}

async function requireRefused(client: SFNClient, verdict: Verdict): Promise<void> {
  for (const [what, ask] of Object.entries(notThere(client))) {
    const ours = JSON.stringify(await ask().catch(asRecorded));
    if (!ours.includes("UnknownOperationException"))
      verdict.differences.push({ what, theirs: "is refused, since it is not there", ours });
  }
}

async function answersOf(requests: Record<string, () => Promise<unknown>>): Promise<Answers> {
  const answers: Answers = {};
  for (const [name, ask] of Object.entries(requests)) answers[name] = await ask().catch(asRecorded);
  return answers;
}

function compareIfAsked(what: string, theirs: unknown, ours: unknown, verdict: Verdict): void {
  // What is not asked makes or deletes state machines, of which there is one here.
  if (ours === undefined) verdict.refused += 1;
  else compareAnswers(what, theirs, ours, verdict);
}
