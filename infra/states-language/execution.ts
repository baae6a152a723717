/** An execution as it stands, and where each of its transitions is kept. */
import type { ExecutionStatus } from "@aws-sdk/client-sfn";
import type { Json } from "./engine.ts";
import type { HistoryEvent } from "./history-events.ts";

/** Times are milliseconds since 1970. */
export interface Execution {
  name: string;
  arn: string;
  status: ExecutionStatus;
  /** The digest of the definition that it runs to its end; absent in what was stored before there were revisions. */
  definition?: string;
  /** The version that it was started as, and the alias that led there. */
  version?: number | undefined;
  alias?: string | undefined;
  input: string;
  output?: string;
  error?: string | undefined;
  cause?: string | undefined;
  startedAt: number;
  /** Sorts executions by the time of their start. */
  startOrder: string;
  stoppedAt?: number | undefined;
  redriveCount: number;
  redrivenAt?: number;
  /** The client's token of the last redrive, by which its own retries are told from another redrive. */
  redriveToken?: string | undefined;
  /** The state that runs, or that ran last: where a redrive or a restart goes on. */
  state: { name: string; input: Json; enteredAt: number; enteredEventId?: number };
  eventCount: number;
}

export interface TransitionStore {
  /** All of it at once: the execution as it stands now, and what happened since it stood as `before`. */
  writeTransition(next: Execution, happened: HistoryEvent[], before: Execution | undefined): Promise<void>;
}
