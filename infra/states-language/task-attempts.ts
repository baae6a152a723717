/** The attempts of one Task state, each of which shows in the history as it happens. */
import { addAbortListener } from "node:events";
import type { Json } from "./engine.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import { taskFailed, taskScheduled, taskStarted, taskSucceeded, taskTimedOut } from "./history-events.ts";
import { FinalError, TaskError, type TaskService, UnhandleableError } from "./task-service.ts";

export interface TaskAttempts {
  /** What the engine calls with the state's resolved Parameters, once per attempt. */
  perform: (parameters: Json) => Promise<Json>;
  /** The engine has given up waiting for the attempt. */
  timeOut: () => Promise<void>;
}

const LARGEST_RESULT_BYTES = 262_144;

export function createTaskAttempts(
  service: TaskService,
  timeoutInSeconds: number | undefined,
  record: ExecutionRecord,
  signal: AbortSignal,
): TaskAttempts {
  const { resourceType, resource } = service;
  const task = { resourceType, resource };
  const region = record.execution.arn.split(":")[3] ?? "";
  let waitingFor: symbol | undefined;

  async function timeOut() {
    if (!waitingFor) return;
    waitingFor = undefined;
    await record.write([taskTimedOut(task)]);
  }

  async function perform(parameters: Json): Promise<Json> {
    // An abort during a pause makes the engine run all remaining retries at once.
    if (signal.aborted) throw abandoned();
    const timedOut = timeOut();
    const attempt = Symbol("attempt");
    waitingFor = attempt;
    await timedOut;
    const scheduled = taskScheduled(task, { region, parameters, timeoutInSeconds });
    await record.write([scheduled, taskStarted(task)]);
    try {
      const output = refuseLargeResult(await untilAborted(service.call(parameters), signal), service);
      if (waitingFor === attempt) record.note([taskSucceeded(task, output)]);
      return output;
    } catch (error) {
      if (waitingFor === attempt && !signal.aborted && error instanceof TaskError) {
        waitingFor = undefined;
        await record.write([taskFailed(task, { error: error.name, cause: error.message })]);
      }
      throw error;
    } finally {
      if (waitingFor === attempt) waitingFor = undefined;
    }
  }

  return { perform, timeOut };
}

const abandoned = () => new UnhandleableError("Aborted", "The execution is no longer driven.");

/** Leaves the call to itself when the execution stops, as Step Functions does with a Lambda function. */
async function untilAborted<T>(call: Promise<T>, signal: AbortSignal): Promise<T> {
  let listener: Disposable | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    listener = addAbortListener(signal, () => reject(abandoned()));
  });
  try {
    return await Promise.race([call, aborted]);
  } finally {
    listener?.[Symbol.dispose]();
  }
}

function refuseLargeResult(output: Json, { resourceType }: TaskService): Json {
  if (Buffer.byteLength(JSON.stringify(output)) <= LARGEST_RESULT_BYTES) return output;
  throw new FinalError(
    "States.DataLimitExceeded",
    `The state/task '${resourceType}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
