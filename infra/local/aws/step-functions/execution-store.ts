/** Executions and their histories on disk. Nothing here is held in memory, so 20,000 executions cost what ten cost. */
import type { ExecutionStatus } from "@aws-sdk/client-sfn";
import type { BatchOperation } from "classic-level";
import type { Execution } from "#infra/states-language/execution.ts";
import type { HistoryEvent } from "#infra/states-language/history-events.ts";
import type { Database } from "../../storage/database.ts";

interface PageRequest {
  limit: number;
  /** The `next` of the page before. */
  after?: string | undefined;
}

interface Page<T> {
  items: T[];
  /** Undefined on the last page. */
  next: string | undefined;
}

export type ExecutionStore = ReturnType<typeof createExecutionStore>;

type Index = ReturnType<typeof openIndex>;
const openIndex = (database: Database, name: string) => database.sublevel(name);

/** What happened in one transition, under the number of the last event; earlier versions stored each event by itself. */
type StoredEvents = HistoryEvent[] | HistoryEvent;

/** A page's worth at a time: LevelDB's own iterator reads a thousand ahead, as soon as there are so many. */
async function* readBackwards(
  index: Index,
  { gt, lt }: { gt: string; lt: string },
  atOnce: number,
): AsyncGenerator<string> {
  let before = lt;
  for (;;) {
    const entries = await index.iterator({ gt, lt: before, reverse: true, limit: atOnce }).all();
    for (const [, name] of entries) yield name;
    const [last] = entries.slice(-1);
    if (!last || entries.length < atOnce) return;
    [before] = last;
  }
}

const eventKey = (executionName: string, id: number) => `${executionName}/${String(id).padStart(6, "0")}`;

export function createExecutionStore(database: Database) {
  const executions = database.sublevel<string, Execution>("execution", { valueEncoding: "json" });
  const events = database.sublevel<string, StoredEvents>("event", { valueEncoding: "json" });
  const byStart = openIndex(database, "by-start");
  const byStatus = openIndex(database, "by-status");
  let started = 0;

  const statusKey = ({ status, startOrder }: Execution) => `${status}/${startOrder}`;

  return {
    findExecution: (name: string): Promise<Execution | undefined> => executions.get(name),

    /** A key that sorts after those of all executions that started before. */
    nextStartOrder(startedAt: number): string {
      started += 1;
      return `${String(startedAt).padStart(15, "0")}-${String(started).padStart(12, "0")}`;
    },

    /** Writes a transition at once: the execution, what happened, and the indexes. */
    async writeTransition(next: Execution, happened: HistoryEvent[], before: Execution | undefined) {
      const writes: BatchOperation<Database, string, unknown>[] = [
        { type: "put", key: next.name, value: next, sublevel: executions },
      ];
      const [last] = happened.slice(-1);
      if (last)
        writes.push({ type: "put", key: eventKey(next.name, last.id), value: happened, sublevel: events });
      if (!before) writes.push({ type: "put", key: next.startOrder, value: next.name, sublevel: byStart });
      if (before?.status !== next.status) {
        if (before) writes.push({ type: "del", key: statusKey(before), sublevel: byStatus });
        writes.push({ type: "put", key: statusKey(next), value: next.name, sublevel: byStatus });
      }
      await database.batch(writes);
    },

    /** Newest first. */
    async listExecutions(
      { limit, after }: PageRequest,
      filter: { status?: ExecutionStatus | undefined; matches?: (execution: Execution) => boolean } = {},
    ): Promise<Page<Execution>> {
      const prefix = filter.status ? `${filter.status}/` : "";
      const index = filter.status ? byStatus : byStart;
      const range = { gt: prefix, lt: after ? prefix + after : `${prefix}~` };
      const items: Execution[] = [];
      for await (const name of readBackwards(index, range, limit + 1)) {
        const execution = await executions.get(name);
        if (!execution || filter.matches?.(execution) === false) continue;
        // One more than asked for tells that there is another page.
        if (items.length === limit) return { items, next: items.at(-1)?.startOrder };
        items.push(execution);
      }
      return { items, next: undefined };
    },

    async listRunningNames(): Promise<string[]> {
      return byStatus.values({ gt: "RUNNING/", lt: "RUNNING/~" }).all();
    },

    async listEvents(
      executionName: string,
      { limit, after, reverse }: PageRequest & { reverse: boolean },
    ): Promise<Page<HistoryEvent>> {
      const stored = await events.values({ gt: `${executionName}/`, lt: `${executionName}/~` }).all();
      const all = stored.flat();
      if (reverse) all.reverse();
      const isLater = ({ id }: HistoryEvent) => !after || (reverse ? id < Number(after) : id > Number(after));
      const found = all.filter(isLater);
      const items = found.slice(0, limit);
      return { items, next: found.length > limit ? String(items.at(-1)?.id) : undefined };
    },
  };
}
