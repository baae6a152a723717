/** Answers the Tasks of a definition as those of a recorded execution were answered, as long as the record knows. */
import type { Json } from "#infra/states-language/engine.ts";
import type { TaskResource } from "#infra/states-language/history-events.ts";
import { TaskError, UnhandleableError } from "#infra/states-language/task-service.ts";
import type { Attempt, Stretch, Visit } from "./path.ts";
import { isSameJson } from "./same-json.ts";

/** Where the record has no answer. */
export interface OpenQuestion {
  state: string;
  text: string;
}

export type TapeEnd =
  /** As the recorded execution was ended from outside, or still runs. */
  { kind: "recordEnds" } | { kind: "unknown"; question: OpenQuestion };

interface Call {
  state: string;
  /** Tells one entry into the state from another. */
  entry: number;
  resource: TaskResource;
  parameters: Json;
  timeoutSeconds: number | undefined;
}

/** Thrown into the engine when there is nothing more to answer; whoever drives it is told by `onEnd`. */
const silence = () => new UnhandleableError("RecordEnds", "Nothing more is recorded.");

/** @param onEnd told once, before the call that is not answered fails */
export function createTape(stretch: Stretch, onEnd: (end: TapeEnd) => void) {
  const visitsOf = groupByState(stretch.visits);
  const used = new Set<Attempt>();
  const entries = new Map<string, number[]>();
  /** The time of the record at which the execution has arrived. */
  let now = stretch.beganAt;

  function visitOf({ state, entry }: Call): Visit | undefined {
    const seen = entries.get(state) ?? [];
    if (!seen.includes(entry)) entries.set(state, [...seen, entry]);
    return visitsOf.get(state)?.[(entries.get(state) ?? []).indexOf(entry)];
  }

  /** A state that was given another name asks the same. */
  function findAttempt(call: Call): Attempt | undefined {
    const unused = (attempts: Attempt[]) => attempts.find((attempt) => !used.has(attempt));
    if (visitsOf.has(call.state)) return unused(visitOf(call)?.attempts ?? []);
    return unused(
      stretch.visits.flatMap(({ attempts }) => attempts).filter((attempt) => asksTheSame(attempt, call)),
    );
  }

  function end(reason: TapeEnd): never {
    onEnd(reason);
    throw silence();
  }

  return {
    get now() {
      return now;
    },
    /** @throws TaskError as recorded; UnhandleableError when the record has no answer */
    async answer(call: Call): Promise<Json> {
      const attempt = findAttempt(call);
      if (!attempt?.outcome) return end(whyNoAnswer(stretch, call, attempt));
      used.add(attempt);
      const { outcome, scheduledAt, endedAt = scheduledAt } = attempt;
      const limitMs = (call.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1_000;
      now = Math.min(endedAt, scheduledAt + limitMs);
      if (endedAt - scheduledAt > limitMs) throw new TaskError("States.Timeout", "");
      if (outcome.kind === "failed") throw new TaskError(outcome.error, outcome.cause);
      return JSON.parse(outcome.output) as Json;
    },
  };
}

const asksTheSame = (attempt: Attempt, { resource, parameters }: Call) =>
  attempt.resourceType === resource.resourceType &&
  attempt.resource === resource.resource &&
  isSameJson(attempt.parameters, JSON.stringify(parameters));

function whyNoAnswer({ end, visits }: Stretch, { state }: Call, attempt: Attempt | undefined): TapeEnd {
  const isOver = end?.status === "SUCCEEDED" || end?.status === "FAILED";
  if (!isOver || attempt) return { kind: "recordEnds" };
  const text = visits.some((visit) => visit.state === state)
    ? `tries ${state} more often, with what outcome nobody knows`
    : `calls ${state}, of which nothing is recorded`;
  return { kind: "unknown", question: { state, text } };
}

function groupByState(visits: Visit[]): Map<string, Visit[]> {
  const groups = new Map<string, Visit[]>();
  for (const visit of visits) groups.set(visit.state, [...(groups.get(visit.state) ?? []), visit]);
  return groups;
}
