import { describe, expect, test } from "vitest";
import { StateMachine, type StateMachineDefinition } from "#infra/states-language/engine.ts";
import { applyJsonToString, deferJsonToString } from "#infra/states-language/json-to-string.ts";
import { NO_PAYMENT_EVENTS } from "#test/support/no-payment-events.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { TERMINAL_ERRORS } from "#workflow/errors.ts";
import { FULFILMENT_EVENT_TYPES, type PaymentStatus, paymentEventSchema } from "#workflow/payment-event.ts";
import { createRandom, type Random } from "../simulation/random.ts";
import { type Json, type JsonObject, readShippedDefinition } from "./definition.ts";
import { runStates, TaskFailure } from "./run-states.ts";

const SCRIPTS = 300;

/** What the Task calls answer, one after the other; after the last of them all succeed. */
interface Script {
  /** What the execution was started with. */
  event: Json;
  /** What the first of its states that runs is given. */
  input: Json;
  redriveCount: number;
  from: string;
  answers: (string | undefined)[];
}

/** What was seen of a run: each Task's parameters, and how it ended. */
interface Trace {
  tasks: Json[];
  status: string;
  error: string | undefined;
  output: Json | undefined;
}

const definition = readShippedDefinition();
/** As the local deployment has it: the engine spoils what JsonToString makes, and overwrites the execution's input. */
const forEngine = JSON.parse(
  JSON.stringify(definition).replaceAll("$$.Execution.Input", "$$$$.Original.Input"),
  deferJsonToString,
) as StateMachineDefinition;
const ERRORS = [
  ...TERMINAL_ERRORS,
  "RetryableError",
  "Lambda.ServiceException",
  "SQS.SdkClientException",
  "TypeError",
];

function drawScript(random: Random): Script {
  const genuine = paymentEvent({
    eventType:
      FULFILMENT_EVENT_TYPES[random.below(FULFILMENT_EVENT_TYPES.length)] ?? "checkout.session.expired",
    paymentStatus: random.pick<PaymentStatus>(["paid", "unpaid", "no_payment_required"]),
  });
  const event = (random.chance(0.7) ? genuine : random.pick(NO_PAYMENT_EVENTS)[1]) as Json;
  const atGate = random.chance(0.3);
  const redriveCount = atGate ? 1 + random.below(2) : 0;
  const failed = {
    error: { Error: "TypeError", Cause: '"quoted"' },
    deadLetter: { redriveCount: random.below(2) },
  };
  const answers = Array.from({ length: random.below(14) }, () =>
    random.chance(0.4) ? undefined : ERRORS[random.below(ERRORS.length)],
  );
  return {
    event,
    input: atGate ? { input: event, ...failed } : event,
    redriveCount,
    from: atGate ? "AwaitRedrive" : definition.StartAt,
    answers,
  };
}

const contextOf = ({ event, redriveCount }: Script): JsonObject => ({
  Execution: { Id: "arn:x:evt_1", Name: "evt_1", Input: event, RedriveCount: redriveCount },
  Original: { Input: event },
  StateMachine: { Id: "arn:x", Name: "bursar-enrollment" },
});

/** Records each call and answers it as the script says. */
function answering({ answers, event }: Script, tasks: Json[]) {
  const refuses = paymentEventSchema.safeParse(event).success ? undefined : "InvalidPaymentEvent";
  return (parameters: Json): Json => {
    const isStep = typeof parameters === "object" && parameters !== null && "FunctionName" in parameters;
    const error = answers[tasks.length] ?? (isStep ? refuses : undefined);
    tasks.push(parameters);
    if (error) throw new TaskFailure(error, `{"errorMessage":"call ${tasks.length}"}`);
    return { Payload: { enrolledAt: "2026-11-23T12:00:00.000Z", isBarred: tasks.length % 7 === 0 } };
  };
}

async function runOurs(script: Script): Promise<Trace> {
  const tasks: Json[] = [];
  const answer = answering(script, tasks);
  const end = await runStates(
    definition,
    { name: script.from, input: script.input },
    {
      enter: () => undefined,
      context: () => contextOf(script),
      perform: async (_resource, parameters) => answer(parameters),
      pause: async () => undefined,
      jitter: () => 1,
    },
  );
  return end.status === "SUCCEEDED"
    ? { tasks, status: end.status, error: undefined, output: end.output }
    : { tasks, status: end.status, error: end.error, output: undefined };
}

async function runEngine(script: Script): Promise<Trace> {
  const tasks: Json[] = [];
  const answer = answering(script, tasks);
  const names = Object.keys(definition.States);
  const machine = new StateMachine(
    { ...forEngine, StartAt: script.from },
    { validationOptions: { noValidate: true } },
  );
  const perform = async (parameters: Json) => answer(applyJsonToString(parameters));
  const run = machine.run(script.input, {
    context: contextOf(script),
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(names.map((name) => [name, perform])),
      retryIntervalOverrides: Object.fromEntries(names.map((name) => [name, 0])),
    },
  });
  run.result.catch(() => undefined);
  for await (const event of run.eventLogs) {
    if (event.type === "ExecutionSucceeded") {
      return { tasks, status: "SUCCEEDED", error: undefined, output: applyJsonToString(event.output) };
    }
    if (event.type === "ExecutionFailed") {
      return { tasks, status: "FAILED", error: event.Error, output: undefined };
    }
  }
  throw new Error("The engine's log ended without an end.");
}

describe("the interpreter does what the local deployment's engine does", () => {
  test(`in ${SCRIPTS} random runs of the shipped definition, calls and ends are the same`, {
    timeout: 120_000,
  }, async () => {
    const random = createRandom(1);
    const ends = new Set<string>();
    for (let index = 0; index < SCRIPTS; index += 1) {
      const script = drawScript(random);
      const ours = await runOurs(script);
      // The message of a difference is the script that shows it.
      expect(ours, JSON.stringify(script)).toEqual(await runEngine(script));
      ends.add(ours.status);
    }
    expect([...ends].sort()).toEqual(["FAILED", "SUCCEEDED"]);
  });
});
