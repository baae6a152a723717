/** Reads a history as attempts: each try of each state, when, how long and with which error. */
import { textIn } from "./history-text.ts";
import type { ExecutionEvent } from "./shapes.ts";

export interface Attempt {
  stateName: string;
  /** 1 is the first try since the state was entered. */
  number: number;
  /** How often the execution had been redriven by then. */
  redrives: number;
  startedAt: string;
  /** Absent while it goes on. */
  endedAt?: string | undefined;
  error?: string | undefined;
  cause?: string | undefined;
}

/** @param events in the order of their ids, of a state machine without parallel branches */
export function attemptsOf(events: ExecutionEvent[]): Attempt[] {
  const attempts: Attempt[] = [];
  let redrives = 0;
  for (const event of events) {
    const { type, at, details } = event;
    const current = attempts.at(-1);
    if (type === "ExecutionRedriven") redrives += 1;
    else if (type.endsWith("StateEntered"))
      attempts.push({ stateName: textIn(details, "name") ?? "", number: 1, redrives, startedAt: at });
    else if (!current) continue;
    else if (type.endsWith("Scheduled")) {
      // The first try began when the state was entered; another one begins after a pause, or with a redrive.
      if (current.endedAt) attempts.push(nextOf(current, redrives, at));
    } else if (/(Succeeded|Failed|TimedOut|Aborted|StateExited)$/.test(type) && !current.endedAt)
      Object.assign(current, endOf(event));
  }
  return attempts;
}

const nextOf = ({ stateName, number, redrives: before }: Attempt, redrives: number, at: string): Attempt => ({
  stateName,
  number: before === redrives ? number + 1 : 1,
  redrives,
  startedAt: at,
});

function endOf({ type, at, details }: ExecutionEvent): Partial<Attempt> {
  const hasFailed = /(Failed|TimedOut|Aborted)$/.test(type);
  const error = hasFailed ? (textIn(details, "error") ?? type) : undefined;
  return { endedAt: at, ...(error && { error, cause: textIn(details, "cause") }) };
}

interface Failure {
  stateName: string;
  error: string;
}

/** Of each run, first to last: the error that was caught, or else the one that ended it; undefined where it did not fail. */
function failuresOf(attempts: Attempt[]): (Failure | undefined)[] {
  const redrives = Math.max(-1, ...attempts.map((attempt) => attempt.redrives));
  return Array.from({ length: redrives + 1 }, (_, run) =>
    failureOf(attempts.filter((attempt) => attempt.redrives === run)),
  );
}

function failureOf(run: Attempt[]): Failure | undefined {
  const last = run.at(-1);
  if (!last?.error) return undefined;
  // The state after the last try of one that failed is where the error was caught, and its own end is only the gate.
  const caught = run.findLast(({ error, stateName }, index) => {
    const next = run[index + 1];
    return error !== undefined && next !== undefined && next.stateName !== stateName;
  });
  const { stateName, error = "" } = caught ?? last;
  return { stateName, error };
}

/**
 * What is different when an execution has failed again.
 * @param runs the attempts of the execution, and before them those of the one whose place it took, if it took one's
 * @returns a sentence; undefined of one that has failed once, or has not failed
 */
export function describeRepeat(...runs: Attempt[][]): string | undefined {
  const [before, now] = runs.flatMap(failuresOf).slice(-2);
  if (!before || !now) return undefined;
  const isSame = { error: before.error === now.error, state: before.stateName === now.stateName };
  if (isSame.error && isSame.state) return `It has failed again as before: ${now.error} at ${now.stateName}.`;
  if (isSame.error)
    return `It has failed again with the same error, ${now.error}, at another state: ${now.stateName} instead of ${before.stateName}.`;
  const where = isSame.state
    ? `also at ${now.stateName}`
    : `at ${now.stateName}; before at ${before.stateName}`;
  return `It has failed again with another error: ${now.error} instead of ${before.error}, ${where}.`;
}
