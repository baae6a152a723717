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
