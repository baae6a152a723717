/** Takes an execution from its current state to its end, storing every transition before what follows has an effect. */
import type { LoadedStateMachine } from "./definition.ts";
import type { Execution } from "./execution.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import {
  executionAborted,
  executionFailed,
  executionSucceeded,
  executionTimedOut,
  type Failure,
  stateEntered,
  stateExited,
} from "./history-events.ts";
import { runState, type StateOutcome } from "./run-state.ts";
import { createTaskAttempts } from "./task-attempts.ts";
import type { TaskServices } from "./task-service.ts";

/** Why an execution is no longer driven. `close`: it stays RUNNING, and the next start resumes it. */
export type AbortReason = { kind: "close" } | { kind: "timeout" } | ({ kind: "stop" } & Partial<Failure>);

export interface StateMachineIdentity {
  name: string;
  arn: string;
  roleArn: string;
}

export interface Machine {
  identity: StateMachineIdentity;
  loaded: LoadedStateMachine;
  tasks: TaskServices;
  /** True: neither retries nor Wait states take time. */
  skipsPauses?: boolean;
  /** When a state is entered, in milliseconds since 1970; now, unless it is told. */
  timeOf?: (state: string) => number;
}

/** @param signal its reason is an AbortReason */
export async function driveExecution(machine: Machine, record: ExecutionRecord, signal: AbortSignal) {
  while (record.execution.status === "RUNNING") {
    const outcome = await runCurrentState(machine, record, signal);
    if (outcome.kind !== "aborted") await recordOutcome(machine, record, outcome);
    else if (!(await recordAbort(record, signal.reason as AbortReason))) return;
  }
}

function runCurrentState(machine: Machine, record: ExecutionRecord, signal: AbortSignal) {
  const { identity, loaded, tasks, skipsPauses } = machine;
  const { execution } = record;
  const { name, input } = execution.state;
  const engine = loaded.engines[name];
  const state = loaded.states[name];
  if (!engine || !state) {
    const cause = `The state machine no longer has the state '${name}'.`;
    return Promise.resolve<StateOutcome>({ kind: "failed", error: "States.Runtime", cause });
  }
  const service = state.Type === "Task" ? tasks[state.Resource] : undefined;
  const timeoutSeconds = state.Type === "Task" ? state.TimeoutSeconds : undefined;
  const attempts = service && createTaskAttempts(service, timeoutSeconds, record, signal);
  return runState({
    engine,
    input,
    context: createContext(identity, execution),
    attempts,
    signal,
    skipsPauses,
  });
}

async function recordOutcome(
  { loaded, timeOf = () => Date.now() }: Machine,
  record: ExecutionRecord,
  outcome: Exclude<StateOutcome, { kind: "aborted" }>,
) {
  const { name } = record.execution.state;
  const type = (state: string) => loaded.states[state]?.Type ?? "Task";
  const stoppedAt = Date.now();
  if (outcome.kind === "failed") {
    const failure = { error: outcome.error, cause: explainFailure(outcome, record.execution) };
    return record.write([executionFailed(failure)], { status: "FAILED", stoppedAt, ...failure });
  }
  const exited = stateExited(type(name), name, outcome.output);
  if (outcome.kind === "succeeded") {
    const output = JSON.stringify(outcome.output);
    return record.write([exited, executionSucceeded(output)], { status: "SUCCEEDED", stoppedAt, output });
  }
  const next = type(outcome.state);
  const transition = [exited, stateEntered(next, outcome.state, outcome.output)];
  const enteredEventId = record.execution.eventCount + transition.length;
  const change = {
    state: { name: outcome.state, input: outcome.output, enteredAt: timeOf(outcome.state), enteredEventId },
  };
  // A Task is stored with its first attempt, before its call, and what takes no time together with what follows it.
  return next === "Wait" ? record.write(transition, change) : record.note(transition, change);
}

/** @returns false when the execution goes on at the next start */
async function recordAbort(record: ExecutionRecord, reason: AbortReason): Promise<boolean> {
  const stoppedAt = Date.now();
  if (reason.kind === "close") return false;
  if (reason.kind === "timeout") {
    await record.write([executionTimedOut()], { status: "TIMED_OUT", stoppedAt, error: "States.Timeout" });
  } else {
    const { error, cause } = reason;
    await record.write([executionAborted(reason)], { status: "ABORTED", stoppedAt, error, cause });
  }
  return true;
}

/** In AWS's words, of which the engine has some: it repeats the name of some errors instead of giving their cause. */
function explainFailure({ error, cause }: Failure, { state }: Execution): string | undefined {
  const entered = state.enteredEventId ? ` (entered at the event id #${state.enteredEventId})` : "";
  const place = `An error occurred while executing the state '${state.name}'${entered}.`;
  switch (error) {
    case "States.NoChoiceMatched":
      return `${place} Failed to transition out of the state. The state does not point to a next state.`;
    case "States.Runtime":
      return `${place} ${cause?.replaceAll(".OriginalExecution.", ".Execution.")}`;
    case "States.Timeout":
      return undefined;
    default:
      return cause;
  }
}

/** What `$$` finds. The names under OriginalExecution are explained in definition.ts. */
function createContext(identity: StateMachineIdentity, execution: Execution) {
  const { arn, name, redriveCount, redrivenAt, state } = execution;
  const Input: unknown = JSON.parse(execution.input);
  const StartTime = new Date(execution.startedAt).toISOString();
  return {
    Execution: {
      Id: arn,
      Name: name,
      RoleArn: identity.roleArn,
      RedriveCount: redriveCount,
      ...(redrivenAt && { RedriveTime: new Date(redrivenAt).toISOString() }),
    },
    OriginalExecution: { Input, StartTime },
    State: { Name: state.name, EnteredTime: new Date(state.enteredAt).toISOString() },
    StateMachine: { Id: identity.arn, Name: identity.name },
  };
}
