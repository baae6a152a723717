/** Makes the calls that were recorded again, and compares each answer that the recording has. */
import type { AwsService } from "#infra/local/aws/wire.ts";
import { mapConcurrently } from "#workflow/map-concurrently.ts";
import { readRecording } from "../recordings.ts";
import { emptyVerdict, type Verdict } from "../verdict.ts";
import { type Answer, asSentence, asText, type Body, call, type Json } from "./answer.ts";
import { findDifference } from "./compare.ts";
import type { UseService } from "./local-services.ts";

/**
 * @param recorded the name of the recorded answer that it is compared with; none for a call that only prepares
 * @param part what of it was recorded
 */
export type Ask = (
  operation: string,
  input: object,
  recorded?: string,
  part?: (body: Body) => Json,
) => Promise<Body>;

/** By the name of the recorded test: the calls that it made. */
export type Scenarios = Record<string, Scenario>;
export type Scenario = (ask: Ask) => Promise<void>;

/** Tests of what is not here, with a call that must be refused for it. */
export interface NotHere {
  tests: RegExp;
  why: string;
  operation: string;
  input: object;
}

type Recorded = Record<string, Json>;

/** The service says itself that it has no such thing. */
class NotAvailable extends Error {}

const REFUSALS = ["UnknownOperationException", "UnsupportedOperation"];
const isRefused = ({ error, body }: Answer) =>
  (error !== undefined && REFUSALS.includes(error)) || /is not available here/.test(asText(body["message"]));

/** @param useService each recorded test gets one of its own */
export async function judgeCalls(
  judge: string,
  recordings: string[],
  useService: UseService,
  scenarios: Scenarios,
  notHere: NotHere[],
): Promise<Verdict> {
  const verdict = emptyVerdict(judge);
  const tests = recordings.flatMap((name) => readRecording<Recorded>(name));
  await mapConcurrently(tests, ([test, recorded]) =>
    useService(async (service) => {
      const scenario = scenarios[test];
      if (scenario) await judgeTest(test, recorded, service, scenario, verdict);
      else await judgeRefusal(test, recorded, service, notHere, verdict);
    }),
  );
  verdict.differences.sort((one, other) => one.what.localeCompare(other.what));
  return verdict;
}

async function judgeTest(
  test: string,
  recorded: Recorded,
  service: AwsService,
  scenario: Scenario,
  verdict: Verdict,
): Promise<void> {
  const open = new Set(Object.keys(recorded));
  const ask: Ask = async (operation, input, name, part) => {
    const answer = await call(service, operation, input);
    if (isRefused(answer)) {
      if (name !== undefined && open.delete(name)) verdict.refused += 1;
      throw new NotAvailable();
    }
    if (name !== undefined && open.delete(name)) {
      const theirs = recorded[name] ?? null;
      const ours = part ? part(answer.body) : typeof theirs === "string" ? asSentence(answer) : answer.told;
      const found = findDifference(theirs, ours);
      if (found) note(verdict, `${test} ${name}`, found);
      else verdict.equal += 1;
    }
    return answer.body;
  };
  try {
    await scenario(ask);
    for (const name of open) note(verdict, `${test} ${name}`, "it was recorded | nobody asks for it");
  } catch (error) {
    // What it would have asked next depends on what was refused.
    if (error instanceof NotAvailable) verdict.refused += open.size;
    else note(verdict, test, `it was recorded | ${String(error)}`);
  }
}

async function judgeRefusal(
  test: string,
  recorded: Recorded,
  service: AwsService,
  notHere: NotHere[],
  verdict: Verdict,
): Promise<void> {
  const known = notHere.find(({ tests }) => tests.test(test));
  if (!known) return note(verdict, test, "it was recorded | nobody asks for it");
  const answer = await call(service, known.operation, known.input);
  if (isRefused(answer)) verdict.refused += Object.keys(recorded).length;
  else note(verdict, test, `${known.why} | ${JSON.stringify(answer.told)}`);
}

function note(verdict: Verdict, what: string, found: string): void {
  const [theirs = "", ours = ""] = found.split(" | ");
  verdict.differences.push({ what, theirs, ours });
}
