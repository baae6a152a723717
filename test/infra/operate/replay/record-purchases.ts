/** Purchases as the shipped definition takes them through, with answers that a test gives: their histories, without a stack. */
import { readFileSync } from "node:fs";
import { DEFINITION_FILE } from "#infra/deployment/state-machine.ts";
import { readPath } from "#infra/operate/replay/path.ts";
import type { Recording } from "#infra/operate/replay/read-recordings.ts";
import { toExecutionEvent } from "#infra/operate/replay/to-execution-event.ts";
import { type LoadedStateMachine, loadStateMachine } from "#infra/states-language/definition.ts";
import { driveExecution } from "#infra/states-language/drive-execution.ts";
import type { Json } from "#infra/states-language/engine.ts";
import type { Execution, TransitionStore } from "#infra/states-language/execution.ts";
import { createExecutionRecord, type ExecutionRecord } from "#infra/states-language/execution-record.ts";
import {
  executionRedriven,
  executionStarted,
  type HistoryEvent,
  stateEntered,
} from "#infra/states-language/history-events.ts";
import { LAMBDA_INVOKE, SQS_SEND_MESSAGE } from "#infra/states-language/supported-language.ts";
import { TaskError, type TaskServices } from "#infra/states-language/task-service.ts";

export const DEFINITION = readFileSync(DEFINITION_FILE, "utf8");
export const IDENTITY = {
  name: "bursar-enrollment",
  arn: "arn:aws:states:us-east-1:000000000000:stateMachine:bursar-enrollment",
  roleArn: "arn:aws:iam::000000000000:role/bursar-enrollment",
};
export const executionArnOf = (name: string) =>
  `${IDENTITY.arn.replace(":stateMachine:", ":execution:")}:${name}`;
const LOADED = loadStateMachine(DEFINITION);

export const PAID = {
  eventId: "evt_1",
  eventType: "checkout.session.completed",
  occurredAt: "2026-11-25T10:00:00.000Z",
  livemode: false,
  checkoutSessionId: "cs_1",
  paymentStatus: "paid",
  amountSubtotal: 4900,
  amountTotal: 4900,
  currency: "usd",
  clientReferenceId: "ada",
  userId: "ada",
  courseId: "TEST-COURSE-003",
  customerId: "cus_1",
  paymentIntentId: "pi_1",
};

/** What a state's Task answers, in turn: a result, the name of an error, or `stop`, at which somebody ends the execution. */
type Answers = Record<string, Json[]>;

export interface Scenario {
  name: string;
  input?: Json;
  answers?: Answers;
  redrives?: number;
  /** After which redrive it is mended: after the first, unless it says so. */
  mendedBy?: number;
}

/** Without an answer of its own a Task does well; most have nothing to say. */
const WELL: Record<string, Json> = {
  ValidateSession: { isBarred: false },
  WriteEnrollment: { enrolledAt: "2026-11-25T10:00:01.000Z" },
};

/** @returns what a replay reads of it */
export async function record(scenario: Scenario, options: RunOptions = {}): Promise<Recording> {
  const events: HistoryEvent[] = [];
  const store = {
    writeTransition: async (_next: unknown, happened: HistoryEvent[]) => void events.push(...happened),
  };
  const { name, status, redriveCount, startedAt } = await run(scenario, store, options);
  return {
    execution: { name, status, startedAt: new Date(startedAt).toISOString(), redriveCount },
    path: readPath(events.map(toExecutionEvent)),
  };
}

interface RunOptions {
  /** As a store sorts executions. */
  startOrder?: string;
  /** What runs, if not the file as it stands. */
  loaded?: LoadedStateMachine;
}

export async function run(
  { name, input = PAID, answers = {}, redrives = 0, mendedBy = 1 }: Scenario,
  store: TransitionStore,
  { startOrder = "", loaded = LOADED }: RunOptions = {},
): Promise<Execution> {
  const execution = await start({ name, input, startOrder }, store);
  for (let redriveCount = 0; redriveCount <= redrives; redriveCount += 1) {
    if (redriveCount > 0)
      await execution.write([executionRedriven(redriveCount)], {
        status: "RUNNING",
        redriveCount,
        redrivenAt: Date.now(),
      });
    const controller = new AbortController();
    const tasks = answerAs(redriveCount >= mendedBy ? {} : answers, execution, controller);
    await driveExecution(
      { identity: IDENTITY, loaded, tasks, skipsPauses: true },
      execution,
      controller.signal,
    );
  }
  return execution.execution;
}

function start(
  { name, input, startOrder }: { name: string; input: Json; startOrder: string },
  store: TransitionStore,
): Promise<ExecutionRecord> {
  const startedAt = Date.now();
  const state = { name: LOADED.startAt, input, enteredAt: startedAt, enteredEventId: 2 };
  const created = {
    name,
    arn: executionArnOf(name),
    status: "RUNNING",
    input: JSON.stringify(input),
    startedAt,
    startOrder,
    redriveCount: 0,
    state,
  } as const;
  return createExecutionRecord(store, created, [
    executionStarted(created.input, IDENTITY.roleArn),
    stateEntered("Task", state.name, input),
  ]);
}

function answerAs(answers: Answers, record: ExecutionRecord, controller: AbortController): TaskServices {
  const turns = new Map<string, number>();
  const call = async (): Promise<Json> => {
    const { name: state } = record.execution.state;
    const turn = turns.get(state) ?? 0;
    turns.set(state, turn + 1);
    const given = answers[state];
    const answer = given?.[Math.min(turn, given.length - 1)];
    if (answer === "stop" || answer === "wait") {
      controller.abort(
        answer === "stop" ? { kind: "stop", error: "Stopped", cause: "by hand" } : { kind: "close" },
      );
      return new Promise(() => undefined);
    }
    if (isError(answer)) throw new TaskError(answer.error, "as it was planted");
    return { ExecutedVersion: "$LATEST", Payload: answer ?? WELL[state] ?? null, StatusCode: 200 };
  };
  const send = async () => ({ MessageId: `m-${record.execution.name}` });
  return {
    [LAMBDA_INVOKE]: { resourceType: "lambda", resource: "invoke", call },
    [SQS_SEND_MESSAGE]: { resourceType: "sqs", resource: "sendMessage", call: send },
  };
}

const isError = (answer: Json | undefined): answer is { error: string } =>
  typeof answer === "object" && answer !== null && "error" in answer;

const failing = (error: string, times: number): { error: string }[] =>
  Array.from({ length: times }, () => ({ error }));

/** Every way that purchases have gone. */
export const SCENARIOS: Scenario[] = [
  { name: "paid" },
  { name: "expired", input: { ...PAID, eventType: "checkout.session.expired", paymentStatus: "unpaid" } },
  { name: "waiting", input: { ...PAID, paymentStatus: "unpaid" } },
  { name: "barred", answers: { ValidateSession: [{ isBarred: true }] } },
  { name: "throttled", answers: { ValidateSession: [...failing("RetryableError", 4), { isBarred: false }] } },
  { name: "given-up", answers: { WriteEnrollment: failing("RetryableError", 40) } },
  { name: "wrong-amount", answers: { ValidateSession: failing("AmountMismatch", 1) } },
  { name: "wrong-amount-redriven", answers: { ValidateSession: failing("AmountMismatch", 1) }, redrives: 1 },
  { name: "paid-twice", answers: { WriteEnrollment: failing("DoublePayment", 1) } },
  { name: "redriven", answers: { WriteEnrollment: failing("TypeError", 9) }, redrives: 1 },
  {
    name: "redriven-twice",
    answers: { ValidateSession: failing("CourseNotFound", 1) },
    redrives: 2,
    mendedBy: 2,
  },
  { name: "nonsense", input: {}, answers: { ValidateSession: failing("InvalidPaymentEvent", 1) } },
  { name: "no-object", input: 7, answers: { ValidateSession: failing("InvalidPaymentEvent", 1) } },
  { name: "stopped", answers: { WriteEnrollment: ["stop"] } },
  { name: "running", answers: { LinkCustomer: ["wait"] } },
];
