/** What a Task calls, and the errors that it can have. */
import type { Json } from "./engine.ts";
import type { TaskResource } from "./history-events.ts";

export interface TaskService extends TaskResource {
  /** @throws TaskError */
  call(parameters: Json): Promise<Json>;
}

/** The name is what Retry and Catch match; the message becomes their Cause. */
export class TaskError extends Error {
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

/** An error that Catch can match and Retry cannot. */
export class FinalError extends TaskError {
  readonly isRetryable = false;
}

/** An error that neither Retry nor Catch can match: the engine asks these two fields. */
export class UnhandleableError extends TaskError {
  readonly isRetryable = false;
  readonly isCatchable = false;
}

/** By the `Resource` of a Task. */
export type TaskServices = Record<string, TaskService>;
