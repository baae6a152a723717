/** Reads what executions did, newest first. */
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
}

/** Some histories are read ahead of the one that is looked at, and no more of them are ever in memory together. */
export async function* readRecordings({ lookup, since }: Reading): AsyncGenerator<Recording> {
  const ahead: Promise<Recording>[] = [];
  for await (const execution of listSince(lookup, since)) {
    const reading = readOne(lookup, execution);
    // It is looked at in its turn; until then nobody listens to its failure.
    reading.catch(() => undefined);
    ahead.push(reading);
    const next = ahead.length >= READS_AT_ONCE ? ahead.shift() : undefined;
    if (next) yield await next;
  }
  for (const reading of ahead) yield await reading;
}

async function readOne(lookup: Reading["lookup"], execution: ExecutionRow): Promise<Recording> {
  const history = await lookup.findHistory(execution.name, MOST_EVENTS);
  return { execution, path: history && readPath(history.events) };
}

async function* listSince(lookup: Reading["lookup"], since: Date): AsyncGenerator<ExecutionRow> {
  let nextToken: string | undefined;
  do {
    const page = await lookup.listExecutions({ pageSize: PAGE_SIZE, nextToken });
    const wanted = page.executions.filter(({ startedAt }) => new Date(startedAt) >= since);
    yield* wanted;
    // Newest first: where a page has older ones, no later page has others.
    nextToken = wanted.length === page.executions.length ? page.nextToken : undefined;
  } while (nextToken);
}
