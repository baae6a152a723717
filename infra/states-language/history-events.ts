/** The events of an execution's history, in the shape of GetExecutionHistory. */
import type { HistoryEventType, HistoryEvent as SdkHistoryEvent } from "@aws-sdk/client-sfn";
import { toSeconds, type Wire } from "#infra/one-machine/wire.ts";
import type { Json } from "./engine.ts";

export type HistoryEvent = Wire<SdkHistoryEvent> & { id: number };

/** An event that has no place in a history yet. */
export type NewEvent = Omit<HistoryEvent, "id" | "previousEventId" | "timestamp">;

/** The service that a Task calls, e.g. lambda and invoke. */
export interface TaskResource {
  resourceType: string;
  resource: string;
}

export interface Failure {
  error: string;
  cause?: string | undefined;
}

const COMPLETE = { truncated: false };

/** @param lastId the id of the last event so far; 0 when there is none */
export function numberEvents(events: NewEvent[], lastId: number): HistoryEvent[] {
  const timestamp = toSeconds(Date.now());
  return events.map((event, index) => {
    const id = lastId + index + 1;
    // AWS lets the first state follow the start of time, like ExecutionStarted itself, and so does what a person ends.
    const follows = id > 2 && event.type !== "ExecutionAborted";
    return { timestamp, ...event, id, previousEventId: follows ? id - 1 : 0 };
  });
}

export const executionStarted = (input: string, roleArn: string): NewEvent => ({
  type: "ExecutionStarted",
  executionStartedEventDetails: { input, inputDetails: COMPLETE, roleArn },
});

export const stateEntered = (stateType: string, name: string, input: Json): NewEvent => ({
  type: `${stateType}StateEntered` as HistoryEventType,
  stateEnteredEventDetails: { name, input: JSON.stringify(input), inputDetails: COMPLETE },
});

export const stateExited = (stateType: string, name: string, output: Json): NewEvent => ({
  type: `${stateType}StateExited` as HistoryEventType,
  stateExitedEventDetails: { name, output: JSON.stringify(output), outputDetails: COMPLETE },
});

interface ScheduledTask {
  region: string;
  parameters: Json;
  timeoutInSeconds: number | undefined;
}

export const taskScheduled = (
  task: TaskResource,
  { region, parameters, timeoutInSeconds }: ScheduledTask,
): NewEvent => ({
  type: "TaskScheduled",
  taskScheduledEventDetails: {
    ...task,
    region,
    parameters: JSON.stringify(parameters),
    timeoutInSeconds,
  },
});

export const taskStarted = (task: TaskResource): NewEvent => ({
  type: "TaskStarted",
  taskStartedEventDetails: { ...task },
});

export const taskSucceeded = (task: TaskResource, output: Json): NewEvent => ({
  type: "TaskSucceeded",
  taskSucceededEventDetails: { ...task, output: JSON.stringify(output), outputDetails: COMPLETE },
});

export const taskFailed = (task: TaskResource, failure: Failure): NewEvent => ({
  type: "TaskFailed",
  taskFailedEventDetails: { ...task, ...failure },
});

export const taskTimedOut = (task: TaskResource): NewEvent => ({
  type: "TaskTimedOut",
  taskTimedOutEventDetails: { ...task, error: "States.Timeout" },
});

export const executionSucceeded = (output: string): NewEvent => ({
  type: "ExecutionSucceeded",
  executionSucceededEventDetails: { output, outputDetails: COMPLETE },
});

export const executionFailed = (failure: Failure): NewEvent => ({
  type: "ExecutionFailed",
  executionFailedEventDetails: failure,
});

export const executionAborted = ({ error, cause }: Partial<Failure>): NewEvent => ({
  type: "ExecutionAborted",
  executionAbortedEventDetails: { error, cause },
});

export const executionTimedOut = (): NewEvent => ({
  type: "ExecutionTimedOut",
  executionTimedOutEventDetails: { error: "States.Timeout" },
});

export const executionRedriven = (redriveCount: number): NewEvent => ({
  type: "ExecutionRedriven",
  executionRedrivenEventDetails: { redriveCount },
});

/** Whoever asks without data is spared what AWS's model can do without, which the parameters of a Task are not. */
const EXECUTION_DATA = ["input", "output"];

/** The event without what the execution worked on. */
export function withoutExecutionData(event: HistoryEvent): HistoryEvent {
  const text = JSON.stringify(event, (key, value: unknown) =>
    EXECUTION_DATA.includes(key) ? undefined : value,
  );
  return JSON.parse(text) as HistoryEvent;
}
