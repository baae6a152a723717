/** Reads a history as runs: the first, and one for each redrive, each as it stood when the next one began. */
import { toExecutionFacts } from "./execution-facts.ts";
import { textIn } from "./history-text.ts";
import type { ExecutionEvent, ExecutionState } from "./shapes.ts";

/** How a state ended in a run, after so many tries. */
export interface StateOutcome {
  stateName: string;
  tries: number;
  /** Of the last try; absent when it went through. */
  error?: string | undefined;
  cause?: string | undefined;
  isRunning: boolean;
}

export interface Run {
  /** 0 is the first; the others count redrives. */
  number: number;
  startedAt: string;
  /** Absent while it goes on. */
  stoppedAt?: string | undefined;
  status: ExecutionState;
  /** Where it ended, or where the error was caught. */
  stateName?: string | undefined;
  error?: string | undefined;
  cause?: string | undefined;
  output?: string | undefined;
  /** In the order in which they were entered first. */
  states: StateOutcome[];
}

/** @param events in the order of their ids, of a state machine without parallel branches */
export function runsOf(events: ExecutionEvent[]): Run[] {
  const redrives = events.flatMap(({ type }, index) => (type === "ExecutionRedriven" ? [index] : []));
  const begins = [0, ...redrives];
  return begins.map((begin, number) => {
    const until = events.slice(0, begins[number + 1]);
    const { status, stoppedAt, stateName, error, cause, attempts } = toExecutionFacts("", until);
    const states = new Map<string, StateOutcome>();
    for (const attempt of attempts) {
      if (attempt.redrives !== number) continue;
      const tries = (states.get(attempt.stateName)?.tries ?? 0) + 1;
      const isRunning = attempt.endedAt === undefined;
      const { stateName: name, error: failed, cause: why } = attempt;
      states.set(name, { stateName: name, tries, error: failed, cause: why, isRunning });
    }
    return {
      number,
      startedAt: events[begin]?.at ?? "",
      stoppedAt,
      status,
      stateName,
      error,
      cause,
      output: textIn(until.at(-1)?.details ?? {}, "output"),
      states: [...states.values()],
    };
  });
}
