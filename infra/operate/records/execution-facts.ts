/** What is said of an execution out of its whole history. */
import { type Attempt, attemptsOf } from "./attempts.ts";
import { textIn } from "./history-text.ts";
import type { ExecutionEvent, ExecutionState } from "./shapes.ts";
import { type Step, stepsOf } from "./steps.ts";

export interface ExecutionFacts {
  name: string;
  status: ExecutionState;
  startedAt: string;
  stoppedAt?: string | undefined;
  redriveCount: number;
  /** The state where it ended, or where the error was caught. */
  stateName?: string | undefined;
  error?: string | undefined;
  cause?: string | undefined;
  /** Oldest first, of every redrive. */
  attempts: Attempt[];
  /** What is different from before, when it has failed again. */
  repeat?: string | undefined;
}

const ENDS: Record<string, ExecutionState> = {
  ExecutionSucceeded: "SUCCEEDED",
  ExecutionFailed: "FAILED",
  ExecutionTimedOut: "TIMED_OUT",
  ExecutionAborted: "ABORTED",
};

/** Of a failure, the error that was caught since the last redrive says more than the gate at which the execution then ended. */
export function toExecutionFacts(name: string, events: ExecutionEvent[]): ExecutionFacts {
  const last = events.at(-1);
  const status = ENDS[last?.type ?? ""] ?? "RUNNING";
  const steps = stepsOf(events);
  const hasFailed = status !== "SUCCEEDED" && status !== "RUNNING";
  const begin = events.findLast(({ type }) => type === "ExecutionRedriven")?.at ?? "";
  const isCaught = ({ status: ended, endedAt = "" }: Step) => ended === "caught" && endedAt >= begin;
  const step = (hasFailed ? steps.findLast(isCaught) : undefined) ?? steps.at(-1);
  const said = (key: "error" | "cause") => step?.[key] ?? textIn(last?.details ?? {}, key);
  return {
    name,
    status,
    startedAt: events[0]?.at ?? "",
    stoppedAt: status === "RUNNING" ? undefined : last?.at,
    redriveCount: events.filter(({ type }) => type === "ExecutionRedriven").length,
    stateName: step?.stateName,
    ...(hasFailed && { error: said("error"), cause: said("cause") }),
    attempts: attemptsOf(events),
  };
}
