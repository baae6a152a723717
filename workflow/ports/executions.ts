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

/** For whoever comes late, and may be the first. */
export interface LateStarts {
  /** Starts the execution named after the event unless there is one, of which it then knows no more than that it is `there`. */
  startOnce(event: PaymentEvent): Promise<"started" | "running" | "there">;
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

/** Which execution does a purchase's work now, and how it stands. */
export interface StandingExecution {
  executionName: string;
  status: ExecutionStatus;
  redriveCount: number;
  startedAt: string;
  /** Of the state machine: its executions run one definition. Absent: it was started by none. */
  version?: string | undefined;
  /** It failed too long ago to be redriven. */
  isPastRedrive: boolean;
  /** Under which name another one could take its place; undefined: there were as many as there can be. */
  freshName: string | undefined;
}

/** For many executions at once, each of which is to be started again once and not twice. */
export interface PlannedExecutions {
  /** By the names that were asked for, fresh ones or not; without those that are not known. Eventually consistent. */
  findStandings(executionNames: string[]): Promise<Map<string, StandingExecution>>;
  /** @returns the names of those that would run a definition which was replaced since */
  findReplaced(executions: StandingExecution[]): Promise<Set<string>>;
  /** Of the definition that an execution runs which starts now. */
  readDefinitionDigest(): Promise<string>;
  /** One alone, as exactly as can be. */
  findExecution(
    executionName: string,
  ): Promise<Pick<StandingExecution, "status" | "redriveCount"> | undefined>;
  /**
   * @param token the same token is the same redrive, however often it is asked for
   * @returns false when it cannot be redriven
   */
  redriveOnce(executionName: string, token: string): Promise<boolean>;
  /**
   * @param source what it is given: the event, or whatever another execution was given
   * @returns false when there is one of that name already, whatever became of it
   */
  startOnce(executionName: string, source: PaymentEvent | { inputOf: string }): Promise<boolean>;
}
