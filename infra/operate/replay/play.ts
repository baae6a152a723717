/** Runs a definition on what an execution was given and answered, and tells the way that it goes. */
import type { LoadedStateMachine } from "#infra/states-language/definition.ts";
import {
  type AbortReason,
  driveExecution,
  type StateMachineIdentity,
} from "#infra/states-language/drive-execution.ts";
import type { Json } from "#infra/states-language/engine.ts";
import { createExecutionRecord, type ExecutionRecord } from "#infra/states-language/execution-record.ts";
import type { TaskResource } from "#infra/states-language/history-events.ts";
import {
  executionRedriven,
  executionStarted,
  type HistoryEvent,
  stateEntered,
} from "#infra/states-language/history-events.ts";
import type { Path, Stretch } from "./path.ts";
import { readPath } from "./path.ts";
import { answerFromRecord } from "./recorded-services.ts";
import { createTape, type OpenQuestion, type TapeEnd } from "./tape.ts";
import { toExecutionEvent } from "./to-execution-event.ts";

export interface Candidate {
  loaded: LoadedStateMachine;
  identity: StateMachineIdentity;
}

export interface Played {
  path: Path;
  /** What the record does not answer; the path ends there. */
  question?: OpenQuestion;
}

/** @param name of the recorded execution, with its ARN */
export async function play(
  candidate: Candidate,
  recorded: Path,
  { name, arn }: { name: string; arn: string },
): Promise<Played> {
  const events: HistoryEvent[] = [];
  const record = await begin(candidate, recorded, { name, arn }, events);
  let question: OpenQuestion | undefined;
  for (const [redriveCount, stretch] of recorded.stretches.entries()) {
    if (redriveCount > 0) await redrive(record, redriveCount, stretch);
    const end = await playStretch(candidate, record, stretch);
    if (end?.kind === "unknown") question = end.question;
    // What has succeeded is not redriven, and of what is not known nothing follows.
    if (question || record.execution.status === "SUCCEEDED") break;
  }
  return { path: readPath(events.map(toExecutionEvent)), ...(question && { question }) };
}

function begin(
  { loaded, identity }: Candidate,
  { input, startedAt, stretches }: Path,
  { name, arn }: { name: string; arn: string },
  events: HistoryEvent[],
): Promise<ExecutionRecord> {
  const state = {
    name: loaded.startAt,
    input: JSON.parse(input) as Json,
    enteredAt: stretches[0].visits[0]?.enteredAt ?? startedAt,
    enteredEventId: 2,
  };
  const store = {
    writeTransition: async (_next: unknown, happened: HistoryEvent[]) => void events.push(...happened),
  };
  const type = loaded.states[loaded.startAt]?.Type ?? "Task";
  return createExecutionRecord(
    store,
    { name, arn, status: "RUNNING", input, startedAt, startOrder: "", redriveCount: 0, state },
    [executionStarted(input, identity.roleArn), stateEntered(type, state.name, state.input)],
  );
}

async function redrive(record: ExecutionRecord, redriveCount: number, { beganAt }: Stretch): Promise<void> {
  await record.write([executionRedriven(redriveCount)], {
    status: "RUNNING",
    redriveCount,
    redrivenAt: beganAt,
    stoppedAt: undefined,
    error: undefined,
    cause: undefined,
  });
}

/** @returns why it ended before the definition did */
async function playStretch(
  { loaded, identity }: Candidate,
  record: ExecutionRecord,
  stretch: Stretch,
): Promise<TapeEnd | undefined> {
  const controller = new AbortController();
  let ended: TapeEnd | undefined;
  const stop = (end: TapeEnd) => {
    ended = end;
    controller.abort(end.kind === "unknown" ? CLOSE : abortAsRecorded(stretch));
  };
  const tape = createTape(stretch, stop);
  const limitMs = (loaded.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1_000;

  async function answer(resource: TaskResource, parameters: Json): Promise<Json> {
    const { name: state, enteredEventId: entry = 0 } = record.execution.state;
    const definition = loaded.states[state];
    const timeoutSeconds = definition?.Type === "Task" ? definition.TimeoutSeconds : undefined;
    const output = await tape.answer({ state, entry, resource, parameters, timeoutSeconds });
    if (tape.now - stretch.beganAt > limitMs) controller.abort(TIMEOUT);
    return output;
  }

  const tasks = answerFromRecord(loaded.states, answer);
  const timeOf = createEntryTimes(stretch, tape);
  await driveExecution({ identity, loaded, tasks, skipsPauses: true, timeOf }, record, controller.signal);
  return ended;
}

/** A state is entered when it was; what was not, at the time of the record at which the execution has arrived. */
function createEntryTimes({ visits }: Stretch, tape: { readonly now: number }) {
  const left = visits.slice(1);
  return (state: string) => {
    const [visit] = left.splice(0, 1 + left.findIndex((one) => one.state === state)).slice(-1);
    return visit?.enteredAt ?? tape.now;
  };
}

const CLOSE: AbortReason = { kind: "close" };
const TIMEOUT: AbortReason = { kind: "timeout" };

/** Somebody's decision and the clock's are not the definition's: they come at the same place again. */
function abortAsRecorded({ end }: Stretch): AbortReason {
  if (end?.status === "TIMED_OUT") return TIMEOUT;
  if (end?.status !== "ABORTED") return CLOSE;
  const { error, cause } = end;
  return { kind: "stop", ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}
