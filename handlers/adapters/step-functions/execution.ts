/** An execution as Step Functions tells of it, in its own words. Times are ISO 8601. */

export type ExecutionState = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING_REDRIVE";

export interface ExecutionRow {
  name: string;
  status: ExecutionState;
  startedAt: string;
  stoppedAt?: string | undefined;
  redriveCount: number;
}

/** One event of a history; `details` is what Step Functions says beside the type. */
export interface ExecutionEvent {
  id: number;
  type: string;
  at: string;
  details: Record<string, unknown>;
}

export interface ExecutionHistory {
  events: ExecutionEvent[];
  /** True when the history is longer than what is shown. */
  isCut: boolean;
}

export interface ExecutionDetail extends ExecutionRow, ExecutionHistory {
  executionArn: string;
  input?: string | undefined;
  output?: string | undefined;
  error?: string | undefined;
  cause?: string | undefined;
  /** Why Step Functions does not redrive it; absent when it does. */
  notRedrivable?: string | undefined;
  definition: Definition;
  /** Of the definition; absent: as the state machine was created, or not told. */
  revisionId?: string | undefined;
}

/** As much of the Amazon States Language as a drawing needs. */
export interface Definition {
  Comment?: string;
  StartAt: string;
  States: Record<string, StateDefinition>;
}

export interface StateDefinition {
  Type: string;
  Comment?: string;
  Next?: string;
  Default?: string;
  Choices?: { Next: string }[];
  Catch?: { Next: string }[];
  Resource?: string;
  Parameters?: { QueueUrl?: string };
}
