/** Where the way of a candidate first leaves the way that was recorded, in words that name no execution. */
import type { Attempt, End, Path, Visit } from "./path.ts";
import type { Played } from "./play.ts";
import { findDifferingPlace } from "./same-json.ts";
import type { OpenQuestion } from "./tape.ts";

type DifferenceKind = "path" | "tries" | "outcome" | "parameters" | "data" | "end" | "unknown";

export interface Difference {
  kind: DifferenceKind;
  /** The state in which it shows; the last one for an end. */
  state: string;
  text: string;
}

/** @returns undefined when both go the same way, as far as the recorded one has come */
export function comparePaths(recorded: Path, { path: played, question }: Played): Difference | undefined {
  for (const [index, stretch] of recorded.stretches.entries()) {
    const other = played.stretches[index];
    const [theirs, ours] = [stretch.visits, other?.visits ?? []];
    for (let turn = 0; turn < Math.max(theirs.length, ours.length); turn += 1) {
      const place = { before: theirs[turn - 1]?.state, end: other?.end };
      const difference = compareVisits(theirs[turn], ours[turn], place);
      if (difference)
        return question && isAskedIn(ours[turn], question) ? asked(question, difference) : difference;
    }
    if (!other && question) return asked(question);
    const difference = compareEnds(theirs.at(-1)?.state ?? "", stretch.end, other?.end);
    if (difference) return difference;
  }
  return undefined;
}

/** The last attempt is the one that nobody can answer. */
const isAskedIn = (visit: Visit | undefined, { state }: OpenQuestion) =>
  visit?.state === state && visit.attempts.at(-1)?.outcome === undefined;

/** What differs before the question is asked is the cause of it. */
function asked({ state, text }: OpenQuestion, difference?: Difference): Difference {
  return difference && difference.kind !== "tries" ? difference : { kind: "unknown", state, text };
}

function compareVisits(
  recorded: Visit | undefined,
  played: Visit | undefined,
  { before = "Start", end }: { before: string | undefined; end: End | undefined },
): Difference | undefined {
  if (!recorded || recorded.state !== played?.state) {
    const there = recorded ? ` instead of ${recorded.state}` : ", where it ended";
    const here = played ? `goes to ${played.state}` : end ? `ends ${describeEnd(end)}` : "goes no further";
    return { kind: "path", state: before, text: `after ${before} ${here}${there}` };
  }
  const { state } = recorded;
  const handedOn = findDifferingPlace(recorded.input, played.input);
  if (handedOn) return { kind: "data", state, text: `${state} is given another ${handedOn}` };
  return compareAttempts(recorded, played) ?? compareOutputs(recorded, played);
}

function compareAttempts({ state, attempts }: Visit, played: Visit): Difference | undefined {
  for (const [index, attempt] of attempts.entries()) {
    const other = played.attempts[index];
    if (!other) break;
    const [service, otherService] = [serviceOf(attempt), serviceOf(other)];
    if (service !== otherService)
      return { kind: "parameters", state, text: `${state} calls ${otherService} instead of ${service}` };
    const place = findDifferingPlace(attempt.parameters, other.parameters);
    if (place) return { kind: "parameters", state, text: `${state} is called with another ${place}` };
    const [theirs, ours] = [attempt.outcome, other.outcome];
    if (theirs && ours && errorOf(theirs) !== errorOf(ours))
      return { kind: "outcome", state, text: `${state} has ${errorOf(ours)} instead of ${errorOf(theirs)}` };
  }
  if (attempts.length === played.attempts.length) return undefined;
  const text = `${state} is ${tried(played.attempts.length)} instead of ${times(attempts.length)}`;
  return { kind: "tries", state, text };
}

const serviceOf = ({ resourceType, resource }: Attempt) =>
  resourceType ? `${resourceType}:${resource}` : resource;
const errorOf = (outcome: { kind: string; error?: string }) => outcome.error ?? "its answer";
const tried = (count: number) => (count === 0 ? "not called" : `tried ${times(count)}`);
const times = (count: number) => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);

function compareOutputs({ state, output }: Visit, played: Visit): Difference | undefined {
  if (output === undefined || played.output === undefined) return undefined;
  const place = findDifferingPlace(output, played.output);
  return place ? { kind: "data", state, text: `${state} hands on another ${place}` } : undefined;
}

/** Causes are words, in which AWS and the engine here differ. */
function compareEnds(
  state: string,
  recorded: End | undefined,
  played: End | undefined,
): Difference | undefined {
  if (!recorded) return undefined;
  const [theirs, ours] = [describeEnd(recorded), played ? describeEnd(played) : "nowhere"];
  if (theirs !== ours) return { kind: "end", state, text: `${state} ends ${ours} instead of ${theirs}` };
  const place = findDifferingPlace(recorded.output ?? "null", played?.output ?? "null");
  return place ? { kind: "end", state, text: `${state} ends with another ${place}` } : undefined;
}

const describeEnd = ({ status, error }: End) =>
  error && status !== "TIMED_OUT" ? `${status} with ${error}` : status;
