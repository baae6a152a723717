/** One execution as it goes on: every change of it is numbered, dated and stored together with what happened. */
import type { Execution, ExecutionStore } from "./execution-store.ts";
import { type NewEvent, numberEvents } from "./history-events.ts";

export interface ExecutionRecord {
  readonly execution: Execution;
  /** Stored when it resolves. Calls may overlap: events are numbered in the order of the calls. */
  write(events: NewEvent[], change?: Partial<Execution>): Promise<void>;
  /** Puts an event before the next write, for what need not be stored on its own. */
  note(event: NewEvent): void;
}

/** Stores a new execution with its first events. */
export async function createExecutionRecord(
  store: ExecutionStore,
  execution: Omit<Execution, "eventCount">,
  events: NewEvent[],
): Promise<ExecutionRecord> {
  const created = { ...execution, eventCount: events.length };
  await store.writeTransition(created, numberEvents(events, 0), undefined);
  return continueExecutionRecord(store, created);
}

export function continueExecutionRecord(store: ExecutionStore, stored: Execution): ExecutionRecord {
  let execution = stored;
  let noted: NewEvent[] = [];
  let lastWrite = Promise.resolve();
  return {
    get execution() {
      return execution;
    },
    note: (event) => void noted.push(event),
    write(events, change = {}) {
      const before = execution;
      const happened = numberEvents([...noted, ...events], before.eventCount);
      noted = [];
      const next = { ...before, ...change, eventCount: before.eventCount + happened.length };
      execution = next;
      lastWrite = lastWrite.then(() => store.writeTransition(next, happened, before));
      return lastWrite;
    },
  };
}
