/** The way that an execution went, as its history tells it: state by state, attempt by attempt, redrive by redrive. */
import type { ExecutionEvent, ExecutionState } from "#handlers/adapters/step-functions/execution.ts";

type Outcome = { kind: "succeeded"; output: string } | { kind: "failed"; error: string; cause: string };

/** One call of what a Task calls. Times are milliseconds since 1970; parameters and output are JSON texts. */
export interface Attempt {
  resourceType: string;
  resource: string;
  parameters: string;
  scheduledAt: number;
  /** Undefined: nobody has seen its end. */
  endedAt?: number;
  outcome?: Outcome;
}

/** From the entry into a state to where it leads. Input and output are JSON texts. */
export interface Visit {
  state: string;
  input: string;
  enteredAt: number;
  attempts: Attempt[];
  output?: string;
}

export interface End {
  status: Exclude<ExecutionState, "RUNNING" | "PENDING_REDRIVE">;
  error?: string | undefined;
  cause?: string | undefined;
  output?: string | undefined;
}

/** From the start, or from a redrive, to an end; without one it still runs. */
export interface Stretch {
  beganAt: number;
  visits: Visit[];
  end?: End;
}

export interface Path {
  input: string;
  startedAt: number;
  /** The first from the start, each other one from a redrive. */
  stretches: [Stretch, ...Stretch[]];
  /** Kinds of events that are not read here, e.g. of a Map. */
  unknownEvents: string[];
}

const ENDS: Record<string, End["status"]> = {
  ExecutionSucceeded: "SUCCEEDED",
  ExecutionFailed: "FAILED",
  ExecutionAborted: "ABORTED",
  ExecutionTimedOut: "TIMED_OUT",
};
/** A Task calls a service, or as it was done at first, a function or an activity; the parts of its events tell the same. */
const CALL = /^(Task|LambdaFunction|Activity)(\w+)$/;
/** They tell nothing that the events around them do not. */
const SILENT = ["Started", "Submitted"];
const FAILURES = ["Failed", "TimedOut", "StartFailed", "SubmitFailed", "ScheduleFailed"];

/** @param events a whole history, oldest first */
export function readPath(events: ExecutionEvent[]): Path {
  const [started] = events;
  const startedAt = timeOf(started);
  let stretch: Stretch = { beganAt: startedAt, visits: [] };
  const path: Path = {
    input: textOf(started, "input") ?? "{}",
    startedAt,
    stretches: [stretch],
    unknownEvents: [],
  };
  for (const event of events.slice(1)) {
    if (event.type === "ExecutionRedriven") {
      stretch = { beganAt: timeOf(event), visits: againIn(stretch) };
      path.stretches.push(stretch);
    } else if (!follow(stretch, event)) path.unknownEvents.push(event.type);
  }
  return path;
}

/** A redrive runs the last state once more, without entering it. */
function againIn({ visits }: Stretch): Visit[] {
  const last = visits.at(-1);
  return last ? [{ state: last.state, input: last.input, enteredAt: last.enteredAt, attempts: [] }] : [];
}

/** @returns false for an event of another kind */
function follow(stretch: Stretch, event: ExecutionEvent): boolean {
  const { type } = event;
  const visit = stretch.visits.at(-1);
  const status = ENDS[type];
  if (status) {
    stretch.end = {
      status,
      error: textOf(event, "error"),
      cause: textOf(event, "cause"),
      output: textOf(event, "output"),
    };
  } else if (type.endsWith("StateEntered")) {
    const [state = "", input = "{}"] = [textOf(event, "name"), textOf(event, "input")];
    stretch.visits.push({ state, input, enteredAt: timeOf(event), attempts: [] });
  } else if (type.endsWith("StateExited")) {
    const output = textOf(event, "output");
    if (visit && output !== undefined) visit.output = output;
  } else return followCall(visit, event);
  return true;
}

function followCall(visit: Visit | undefined, event: ExecutionEvent): boolean {
  const [, , step = ""] = CALL.exec(event.type) ?? [];
  const attempt = visit?.attempts.at(-1);
  if (step === "Scheduled") visit?.attempts.push(toAttempt(event));
  else if (step === "Succeeded")
    endAttempt(attempt, event, { kind: "succeeded", output: textOf(event, "output") ?? "null" });
  else if (FAILURES.includes(step)) endAttempt(attempt, event, failureIn(event));
  else return SILENT.includes(step);
  return true;
}

function toAttempt(event: ExecutionEvent): Attempt {
  const text = (key: string) => textOf(event, key) ?? "";
  return {
    resourceType: text("resourceType"),
    resource: text("resource"),
    // Of a function or an activity, whose ARN is the resource.
    parameters: text("parameters") || text("input") || "{}",
    scheduledAt: timeOf(event),
  };
}

function endAttempt(attempt: Attempt | undefined, event: ExecutionEvent, outcome: Outcome): void {
  if (attempt) Object.assign(attempt, { endedAt: timeOf(event), outcome });
}

const failureIn = (event: ExecutionEvent): Outcome => ({
  kind: "failed",
  error: textOf(event, "error") ?? "States.TaskFailed",
  cause: textOf(event, "cause") ?? "",
});

const timeOf = (event: ExecutionEvent | undefined) => Date.parse(event?.at ?? "") || 0;

function textOf(event: ExecutionEvent | undefined, key: string): string | undefined {
  const value = event?.details[key];
  return typeof value === "string" ? value : undefined;
}
