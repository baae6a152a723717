/** What an engine makes of a scenario. */
import type { RecordedEvent } from "../recorded-histories.ts";

export interface Runs {
  /** The history of the execution, and of each redrive after it. */
  runs: RecordedEvent[][];
  /** Seconds before each retry. */
  pauses: number[];
}

/** By which both engines know the scenario's execution. */
export const executionNameOf = (index: number) => `judged-${index}`;
