/** TestState: one try of one state, with what it would lead to, and no execution. */
import type { TestStateInput, TestStateOutput } from "@aws-sdk/client-sfn";
import type { Wire } from "#infra/one-machine/wire.ts";
import type { Json } from "#infra/states-language/engine.ts";
import type { Failure } from "#infra/states-language/history-events.ts";
import { runState, type StateOutcome } from "#infra/states-language/run-state.ts";
import type { TaskAttempts } from "#infra/states-language/task-attempts.ts";
import { TaskError, type TaskServices } from "#infra/states-language/task-service.ts";
import { forEngine, madeUpContext } from "./context.ts";
import { handleError } from "./error-handling.ts";
import { inspect } from "./inspect.ts";
import { readTestRequest, type TestRequest } from "./read-request.ts";

/** @param services what a Task calls that has no mock */
export function createTestStateOperation(services: TaskServices) {
  return {
    async TestState(input: Wire<TestStateInput>): Promise<Wire<TestStateOutput>> {
      return testState(readTestRequest(input), services);
    },
  };
}

interface Call {
  parameters?: Json;
  result?: Json;
  failure?: Failure;
}

async function testState(request: TestRequest, services: TaskServices): Promise<TestStateOutput> {
  const { engine, input, inspects, state, name, roleArn } = request;
  const context = forEngine(request.context ?? madeUpContext(name, input, roleArn));
  const call: Call = {};
  const { signal } = new AbortController();
  const outcome = await runState({
    engine,
    input,
    context,
    attempts: oneTry(request, services, call),
    signal,
  });
  const { answer, details } = describeOutcome(request, outcome, call.failure);
  if (!inspects) return answer;
  const inspected = await inspect({ state, input, context, call });
  return { ...answer, inspectionData: { ...inspected, ...(details && { errorDetails: details }) } };
}

/** @param call noted here */
function oneTry({ state, mock }: TestRequest, services: TaskServices, call: Call): TaskAttempts | undefined {
  if (state.Type !== "Task") return undefined;
  const answer = (parameters: Json) => {
    if (!mock) return services[state.Resource]?.call(parameters) ?? null;
    if ("result" in mock) return mock.result;
    throw new TaskError(mock.failure.error, mock.failure.cause ?? "");
  };
  return {
    async perform(parameters) {
      call.parameters = parameters;
      try {
        call.result = await answer(parameters);
        return call.result;
      } catch (error) {
        if (error instanceof TaskError) call.failure = { error: error.name, cause: error.message };
        throw error;
      }
    },
    async timeOut() {
      call.failure = { error: "States.Timeout", cause: "" };
    },
  };
}

function describeOutcome(
  { state, retryCount }: TestRequest,
  outcome: StateOutcome,
  failure: Failure | undefined,
): { answer: TestStateOutput; details?: ReturnType<typeof handleError>["details"] } {
  const failed = failure ?? (outcome.kind === "failed" ? outcome : undefined);
  if (failed) {
    const { isRetriable, details } = handleError(state, failed.error, retryCount);
    const told = { error: failed.error, cause: failed.cause ?? "" };
    if (isRetriable) return { answer: { ...told, status: "RETRIABLE" }, details };
    if (outcome.kind !== "next") return { answer: { ...told, status: "FAILED" }, details };
    const caught = { nextState: outcome.state, output: JSON.stringify(outcome.output) };
    return { answer: { ...told, ...caught, status: "CAUGHT_ERROR" }, details };
  }
  if (outcome.kind === "next" || outcome.kind === "succeeded") {
    const output = JSON.stringify(outcome.output);
    const next = outcome.kind === "next" && { nextState: outcome.state };
    return { answer: { output, ...next, status: "SUCCEEDED" } };
  }
  return { answer: { status: "FAILED" } };
}
