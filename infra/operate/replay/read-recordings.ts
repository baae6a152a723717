/** Reads what executions did, newest first, within the quotas that are everybody's. */
import type { ExecutionRow } from "#handlers/adapters/step-functions/execution.ts";
import type { ExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import { type Path, readPath } from "./path.ts";

/** Of a history, which AWS ends at 25,000 events. */
const MOST_EVENTS = 25_000;
const PAGE_SIZE = 1_000;
const READS_AT_ONCE = 8;

export interface Recording {
  execution: ExecutionRow;
  /** Undefined: its history is gone, which AWS keeps for 90 days. */
  path: Path | undefined;
}

interface Reading {
  lookup: Pick<ExecutionLookup, "listExecutions" | "findHistory">;
  since: Date;
  /** Waits for the turn of one more history. */
  takeTurn: () => Promise<void>;
}

/** A page of executions at a time, so that a day's histories are never in memory together. */
export async function* readRecordings({ lookup, since, takeTurn }: Reading): AsyncGenerator<Recording[]> {
  let nextToken: string | undefined;
  do {
    const page = await lookup.listExecutions({ pageSize: PAGE_SIZE, nextToken });
    const wanted = page.executions.filter(({ startedAt }) => new Date(startedAt) >= since);
    for (let first = 0; first < wanted.length; first += READS_AT_ONCE) {
      const few = wanted.slice(first, first + READS_AT_ONCE);
      yield await Promise.all(
        few.map(async (execution) => {
          await takeTurn();
          const history = await lookup.findHistory(execution.name, MOST_EVENTS);
          return { execution, path: history && readPath(history.events) };
        }),
      );
    }
    // Newest first: where a page has older ones, no later page has others.
    nextToken = wanted.length === page.executions.length ? page.nextToken : undefined;
  } while (nextToken);
}
