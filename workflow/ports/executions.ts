/** The running and finished executions of the state machine. */
import type { PaymentEvent } from "../payment-event.ts";

export type StartOutcome = "started" | "redriven" | "duplicate";

/** The running and finished executions of the state machine. */
export interface Executions {
  /** Starts the execution named after the event; one that had failed is redriven instead. */
  startExecution(event: PaymentEvent): Promise<StartOutcome>;
  /** Starts one more, under the next number that is free: what an earlier one had done has been lost. */
  startAfresh(event: PaymentEvent): Promise<void>;
}

/** `unknown`: it could not be found out just now. */
export type ExecutionStatus = "running" | "succeeded" | "failed" | "unknown";

export interface ExecutionFollowUp {
  /** Starts the execution named after the event unless there is one, and says how that stands. Never redrives it. */
  ensureExecution(event: PaymentEvent): Promise<ExecutionStatus>;
  findExecutionStatus(executionName: string): Promise<ExecutionStatus>;
}

/** For looking back; eventually consistent. */
export interface ExecutionRecords {
  /** By execution name. */
  listExecutionsSince(since: Date): Promise<Map<string, ExecutionStatus>>;
}

/** What operators do with executions that have failed. */
export interface FailedExecutions {
  /**
   * Redrives it; where that is not possible any more, or would run a definition that was replaced, a fresh execution with
   * the same input takes its place.
   * @returns the name of the execution that does the work now; undefined when there is nothing left to start from
   */
  redriveExecution(executionName: string): Promise<string | undefined>;
  findExecutionStatus(executionName: string): Promise<ExecutionStatus>;
}
