/** Reads a history as steps: what each state was given, what it made of it, and how it ended. */
import { textIn } from "./history-text.ts";
import type { ExecutionEvent } from "./shapes.ts";

export type StepStatus = "running" | "succeeded" | "caught" | "failed" | "timed out" | "aborted";

export interface Step {
  /** 1 is the first state that was entered. */
  number: number;
  stateName: string;
  status: StepStatus;
  enteredAt: string;
  endedAt?: string | undefined;
  input?: string | undefined;
  output?: string | undefined;
  /** Of the last attempt that failed. */
  error?: string | undefined;
  cause?: string | undefined;
  /** How often the work was tried; 0 for states that do no work. */
  attempts: number;
}

const ENDINGS: Record<string, StepStatus> = {
  ExecutionFailed: "failed",
  ExecutionTimedOut: "timed out",
  ExecutionAborted: "aborted",
};

const BEGUN_AGAIN: Partial<Step> = {
  status: "running",
  endedAt: undefined,
  error: undefined,
  cause: undefined,
};

/** @param events in the order of their ids, of a state machine without parallel branches */
export function stepsOf(events: ExecutionEvent[]): Step[] {
  const steps: Step[] = [];
  for (const event of events) {
    const current = steps.at(-1);
    if (event.type.endsWith("StateEntered")) steps.push(enter(event, steps.length + 1));
    else if (current) Object.assign(current, changeOf(current, event));
  }
  return steps;
}

function enter({ at, details }: ExecutionEvent, number: number): Step {
  return {
    number,
    stateName: textIn(details, "name") ?? "",
    status: "running",
    enteredAt: at,
    input: textIn(details, "input"),
    attempts: 0,
  };
}

function changeOf(step: Step, { type, at, details }: ExecutionEvent): Partial<Step> {
  const ending = ENDINGS[type];
  if (ending) return step.status === "running" ? { status: ending, endedAt: at, ...failureIn(details) } : {};
  // What the last run ended with is over: a Choice that is evaluated again has caught nothing.
  if (type === "ExecutionRedriven")
    return step.status === "caught" || step.status === "succeeded" ? {} : BEGUN_AGAIN;
  if (type.endsWith("StateExited")) {
    const status = step.error === undefined ? "succeeded" : "caught";
    return { status, endedAt: at, output: textIn(details, "output") };
  }
  if (/^(Task|LambdaFunction|Activity)Scheduled$/.test(type))
    return { status: "running", attempts: step.attempts + 1 };
  if (/^(Task|LambdaFunction|Activity)Succeeded$/.test(type)) return { error: undefined, cause: undefined };
  return /Failed$|TimedOut$/.test(type) ? failureIn(details) : {};
}

/** The execution's own failure repeats the step's when nothing caught it; without words it has nothing to add. */
function failureIn(details: Record<string, unknown>): Partial<Step> {
  const error = textIn(details, "error");
  return error === undefined ? {} : { error, cause: textIn(details, "cause") };
}

/** How each state ended the last time that it was entered; states that were not entered are absent. */
export function statusByState(steps: Step[]): Map<string, StepStatus> {
  return new Map(steps.map(({ stateName, status }) => [stateName, status]));
}
