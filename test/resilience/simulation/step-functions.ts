/** Step Functions, Standard: names that last 90 days, redrives for 14, and executions that outlive every process. */
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ExecutionNotRedrivable,
  InvalidName,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { executionArn, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import type { Definition, Json } from "../states/definition.ts";
import { runStates, type StatesEnd } from "../states/run-states.ts";
import type { Agenda } from "./agenda.ts";
import { ModelGap } from "./model-gap.ts";
import type { Random } from "./random.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const NAME_DAYS = 90;
const REDRIVE_DAYS = 14;
const LONGEST_HISTORY = 25_000;
/** Executions listed at once: fewer than there are, so that whoever lists them must turn pages. */
const PAGE = 50;

const nameOfExecution = (arn = "") => arn.slice(arn.lastIndexOf(":") + 1);

type HistoryKind = "started" | "redriven" | "entered" | "task" | "succeeded" | "failed";

interface Execution {
  name: string;
  input: string;
  status: "RUNNING" | "SUCCEEDED" | "FAILED";
  startedAt: number;
  stoppedAt: number;
  redriveCount: number;
  state: { name: string; input: Json };
  error?: string | undefined;
  history: { at: number; kind: HistoryKind; detail: string }[];
}

type PerformTask = (
  resource: string,
  parameters: Json,
  timeoutSeconds: number | undefined,
  execution: Execution,
) => Promise<Json>;

export function createStepFunctionsModel(
  agenda: Agenda,
  random: Random,
  definition: Definition,
  performTask: PerformTask,
  enterState?: (name: string) => Promise<void> | undefined,
) {
  const executions = new Map<string, Execution>();

  const note = (execution: Execution, kind: HistoryKind, detail = "") =>
    execution.history.push({ at: agenda.now(), kind, detail });

  async function drive(execution: Execution): Promise<void> {
    let held: Promise<void> | undefined;
    const end = await runStates(definition, execution.state, {
      enter(name, input) {
        if (execution.history.length >= LONGEST_HISTORY) throw new HistoryTooLong();
        execution.state = { name, input };
        note(execution, "entered", name);
        held = enterState?.(name);
      },
      context: () => contextOf(execution),
      async perform(resource, parameters, timeoutSeconds) {
        if (held) await held;
        note(execution, "task", execution.state.name);
        return performTask(resource, parameters, timeoutSeconds, execution);
      },
      pause: (seconds) => agenda.sleep(seconds * 1000),
      jitter: () => random.next(),
    }).catch(failForHistory);
    close(execution, end);
  }

  function close(execution: Execution, end: StatesEnd) {
    execution.stoppedAt = agenda.now();
    execution.status = end.status;
    if (end.status === "SUCCEEDED") return note(execution, "succeeded");
    execution.error = end.error;
    return note(execution, "failed", `${end.error}: ${end.cause}`);
  }

  function find(arn: string | undefined): Execution {
    const execution = executions.get(nameOfExecution(arn));
    if (execution) return execution;
    throw new ExecutionDoesNotExist({ message: `Execution Does Not Exist: '${arn}'`, $metadata: {} });
  }

  function start(name = "", input = "{}") {
    if (!/^[A-Za-z0-9_.+@=-]{1,80}$/.test(name)) throw new InvalidName({ message: name, $metadata: {} });
    const existing = executions.get(name);
    if (
      existing &&
      (existing.status === "RUNNING" || agenda.now() - existing.stoppedAt < NAME_DAYS * DAY_MS)
    ) {
      if (existing.status === "RUNNING" && existing.input === input) return existing;
      throw new ExecutionAlreadyExists({ message: `Execution Already Exists: '${name}'`, $metadata: {} });
    }
    const execution: Execution = {
      name,
      input,
      status: "RUNNING",
      startedAt: agenda.now(),
      stoppedAt: 0,
      redriveCount: 0,
      state: { name: definition.StartAt, input: JSON.parse(input) as Json },
      history: [],
    };
    executions.set(name, execution);
    note(execution, "started");
    void drive(execution);
    return execution;
  }

  function redrive(execution: Execution) {
    const reason = whyNotRedrivable(execution, agenda.now());
    if (reason) throw new ExecutionNotRedrivable({ message: reason, $metadata: {} });
    execution.status = "RUNNING";
    execution.redriveCount += 1;
    note(execution, "redriven");
    void drive(execution);
    return { redriveDate: new Date(agenda.now()) };
  }

  return {
    all: () => [...executions.values()],
    find: (name: string) => executions.get(name),
    forget: (name: string) => executions.delete(name),
    handle(command: unknown): unknown {
      if (command instanceof StartExecutionCommand) {
        const { name, startedAt } = start(command.input.name, command.input.input);
        return { executionArn: executionArn(name), startDate: new Date(startedAt) };
      }
      if (command instanceof RedriveExecutionCommand) return redrive(find(command.input.executionArn));
      if (command instanceof DescribeExecutionCommand) {
        return describe(find(command.input.executionArn), agenda.now());
      }
      if (command instanceof ListExecutionsCommand) {
        const { maxResults = 100, nextToken = "0" } = command.input;
        const from = Number(nextToken);
        const page = [...executions.values()].toReversed().slice(from, from + Math.min(maxResults, PAGE));
        return {
          executions: page.map((execution) => describe(execution, agenda.now())),
          ...(from + page.length < executions.size && { nextToken: String(from + page.length) }),
        };
      }
      if (
        command instanceof DescribeStateMachineCommand ||
        command instanceof DescribeStateMachineForExecutionCommand
      )
        return { definition: definition.StartAt };
      throw new ModelGap(
        `The model of Step Functions does not know ${(command as object).constructor.name}.`,
      );
    },
  };
}

class HistoryTooLong extends Error {}

/** AWS ends an execution that goes round in circles. */
function failForHistory(error: unknown): StatesEnd {
  if (!(error instanceof HistoryTooLong)) throw error;
  return { status: "FAILED", error: "States.Runtime", cause: "The history has reached its limit." };
}

/** In AWS's words. */
function whyNotRedrivable({ status, stoppedAt }: Execution, now: number): string | undefined {
  if (status !== "FAILED") return `Execution is ${status} and cannot be redriven`;
  if (now - stoppedAt <= REDRIVE_DAYS * DAY_MS) return undefined;
  return `Execution exceeds the redrivable period of ${REDRIVE_DAYS} days and cannot be redriven`;
}

function describe(execution: Execution, now: number) {
  const { name, status, input, startedAt, stoppedAt, redriveCount, error } = execution;
  return {
    executionArn: executionArn(name),
    stateMachineArn: STATE_MACHINE_ARN,
    name,
    status,
    input,
    startDate: new Date(startedAt),
    ...(status !== "RUNNING" && { stopDate: new Date(stoppedAt) }),
    redriveCount,
    redriveStatus: whyNotRedrivable(execution, now) === undefined ? "REDRIVABLE" : "NOT_REDRIVABLE",
    error,
  };
}

function contextOf({ name, input, startedAt, redriveCount, state }: Execution) {
  return {
    Execution: {
      Id: executionArn(name),
      Name: name,
      Input: JSON.parse(input) as Json,
      StartTime: new Date(startedAt).toISOString(),
      RedriveCount: redriveCount,
    },
    State: { Name: state.name },
    StateMachine: { Id: STATE_MACHINE_ARN, Name: nameOfExecution(STATE_MACHINE_ARN) },
  };
}
