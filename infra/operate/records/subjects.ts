/**
 * Whom and what listed executions are about. Step Functions' lists do not tell, so each execution's history is asked
 * once: an input never changes, nor does the error of what has ended, until a redrive ends it anew.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { ExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import { toExecutionFacts } from "./execution-facts.ts";
import { readInput } from "./read-input.ts";
import type { ExecutionRow, Subject } from "./shapes.ts";

/** Of AWS's quota of GetExecutionHistory, 20 a second with a burst of 400, what leaves some to others. */
export const AWS_ALLOWS = { calls: 300, perMs: 20_000 };
/** A list does not wait longer for what it shows beside its rows. */
const LONGEST_WAIT_MS = 1_000;
/** Some 200 bytes each. */
const KEPT = 20_000;

export type Subjects = ReturnType<typeof createSubjects>;

export function createSubjects(
  lookup: Pick<ExecutionLookup, "findHistory" | "findBeginning">,
  takeTurn: () => boolean,
) {
  const known = new Map<string, Subject>();
  const underWay = new Map<string, Promise<void>>();

  async function read(row: ExecutionRow): Promise<void> {
    const subject = await readSubject(row, lookup);
    known.set(keyOf(row), subject);
    const [oldest] = known.size > KEPT ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
  }

  /** Never fails: what could not be read is read when the list is asked for again. */
  function readOnce(row: ExecutionRow): Promise<void> {
    const key = keyOf(row);
    const reading = underWay.get(key) ?? (takeTurn() ? read(row) : Promise.resolve());
    const done = reading.catch(() => undefined).finally(() => underWay.delete(key));
    underWay.set(key, done);
    return done;
  }

  return {
    /** @returns undefined when it was not read yet */
    subjectOf: (row: ExecutionRow): Subject | undefined => known.get(keyOf(row)),

    /** Resolves when they are read, as many as the quota allows and as soon as Step Functions answers. */
    async readSubjects(rows: ExecutionRow[]): Promise<void> {
      const unread = rows.filter((row) => !known.has(keyOf(row)));
      if (unread.length === 0) return;
      const late = new AbortController();
      const tooLate = pause(LONGEST_WAIT_MS, undefined, { signal: late.signal, ref: false });
      await Promise.race([Promise.all(unread.map(readOnce)), tooLate]);
      late.abort();
      tooLate.catch(() => undefined);
    },
  };
}

/** Names are free again after 90 days, and each redrive may end with another error. */
const keyOf = ({ name, startedAt, stoppedAt, redriveCount }: ExecutionRow) =>
  `${name} ${startedAt} ${redriveCount} ${stoppedAt ?? ""}`;

export const hasFailed = ({ status }: ExecutionRow) =>
  status === "FAILED" || status === "TIMED_OUT" || status === "ABORTED";

async function readSubject(
  row: ExecutionRow,
  lookup: Pick<ExecutionLookup, "findHistory" | "findBeginning">,
): Promise<Subject> {
  const history = hasFailed(row) ? await lookup.findHistory(row.name) : undefined;
  const events = history?.events ?? (await lookup.findBeginning(row.name));
  const { userId, clientReferenceId, courseId } = readInput(events) ?? {};
  return {
    userId: userId ?? clientReferenceId ?? undefined,
    courseId: courseId ?? undefined,
    error: history && toExecutionFacts(row.name, history.events).error,
  };
}
