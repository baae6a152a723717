/** One execution as it goes on: every change of it is numbered, dated and stored together with what happened. */
import type { Execution, TransitionStore } from "./execution.ts";
import { type HistoryEvent, type NewEvent, numberEvents } from "./history-events.ts";

export interface ExecutionRecord {
  readonly execution: Execution;
  /** Stored when it resolves, with all that was noted before. Calls may overlap: events are in the order of the calls. */
  write(events: NewEvent[], change?: Partial<Execution>): Promise<void>;
  /** For what need not be stored on its own, since nothing outside has changed yet: it goes into the next write. */
  note(events: NewEvent[], change?: Partial<Execution>): void;
}

/** Stores a new execution with its first events. */
export async function createExecutionRecord(
  store: TransitionStore,
  execution: Omit<Execution, "eventCount">,
  events: NewEvent[],
): Promise<ExecutionRecord> {
  const created = { ...execution, eventCount: events.length };
  await store.writeTransition(created, numberEvents(events, 0), undefined);
  return continueExecutionRecord(store, created);
}

export function continueExecutionRecord(store: TransitionStore, found: Execution): ExecutionRecord {
  let execution = found;
  let stored = found;
  let noted: HistoryEvent[] = [];
  let lastWrite = Promise.resolve();

  function note(events: NewEvent[], change: Partial<Execution> = {}) {
    const happened = numberEvents(events, execution.eventCount);
    noted.push(...happened);
    execution = { ...execution, ...change, eventCount: execution.eventCount + happened.length };
  }

  return {
    get execution() {
      return execution;
    },
    note,
    write(events, change) {
      note(events, change);
      const [next, before, happened] = [execution, stored, noted];
      [stored, noted] = [next, []];
      lastWrite = lastWrite.then(() => store.writeTransition(next, happened, before));
      return lastWrite;
    },
  };
}
