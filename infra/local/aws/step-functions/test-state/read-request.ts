/** What TestState is asked to test, and AWS's words for what it refuses. */
import type { TestStateInput } from "@aws-sdk/client-sfn";
import type { Wire } from "#infra/one-machine/wire.ts";
import { loadState, type StateDefinition } from "#infra/states-language/definition.ts";
import { DefinitionRefused } from "#infra/states-language/definition-refused.ts";
import type { Json, StateMachine } from "#infra/states-language/engine.ts";
import { ServiceError } from "../../wire.ts";
import { requireOneOf, violation } from "../constraints.ts";
import { readContext } from "./context.ts";
import { type Mock, readMock } from "./mock.ts";

export interface TestRequest {
  name: string;
  state: StateDefinition;
  /** Runs the state without its retries. */
  engine: StateMachine;
  input: Json;
  context: Record<string, Json> | undefined;
  mock: Mock | undefined;
  roleArn: string | undefined;
  /** How often each retrier has been used before. */
  retryCount: number;
  inspects: boolean;
}

/** The name that AWS gives to a state that comes without one. */
const NAMELESS = "StateName";
const LEVELS = ["INFO", "DEBUG", "TRACE"] as const;
const TYPES = ["Task", "Wait", "Pass", "Succeed", "Fail", "Choice"];

/** @throws ValidationException, InvalidDefinition, InvalidExecutionInput */
export function readTestRequest(request: Wire<TestStateInput>): TestRequest {
  const { name, state, place } = findState(request);
  const level = requireOneOf("inspectionLevel", request.inspectionLevel, LEVELS);
  const mock = readMock(request, state);
  const context = readContext(request.context);
  requireType(state, place);
  if (state.Type === "Task" && !mock && !request.roleArn)
    throw invalid("RoleArn must be specified when testing a Task state");
  if (request.variables && request.variables !== "{}")
    throw invalid("The local Step Functions has no variables: take them out.");
  return {
    name,
    state,
    engine: load(state, name),
    input: readInput(request.input),
    context,
    mock,
    roleArn: request.roleArn,
    retryCount: readRetryCount(request),
    inspects: level === "DEBUG" || level === "TRACE",
  };
}

const invalid = (message: string) => new ServiceError("ValidationException", message);
const invalidDefinition = (reason: string) =>
  new ServiceError("InvalidDefinition", `Invalid State Machine Definition: '${reason}'`);

/** Of a whole state machine it is the one that is named. */
function findState({ definition, stateName }: Wire<TestStateInput>) {
  const given = parse(definition);
  if (stateName === undefined)
    return { name: NAMELESS, state: given as unknown as StateDefinition, place: "" };
  if (stateName === "") throw violation("stateName", stateName, "have length greater than or equal to 1");
  const states = (given["States"] ?? {}) as unknown as Record<string, StateDefinition>;
  const state = Object.hasOwn(states, stateName) ? states[stateName] : undefined;
  if (!state) throw invalid("State not found in definition");
  return { name: stateName, state, place: `/States/${stateName}` };
}

function parse(definition: unknown): Record<string, Json> {
  try {
    const given: unknown = JSON.parse(String(definition));
    if (typeof given === "object" && given !== null && !Array.isArray(given))
      return given as Record<string, Json>;
  } catch {
    // Refused below, like a definition that is no object.
  }
  throw invalidDefinition("INVALID_JSON_DESCRIPTION: it is not a JSON object");
}

function requireType({ Type }: { Type: string }, place: string): void {
  if (TYPES.includes(Type)) return;
  if (Type === "Map" || Type === "Parallel")
    throw new ServiceError(
      "InvalidDefinition",
      `TestState API does not support Map or Parallel states. Supported state types include: [${TYPES.join(", ")}]`,
    );
  const types = [...TYPES, "Parallel", "Map"].join(", ");
  throw invalidDefinition(
    `SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: [${types}] at ${place}/Type`,
  );
}

function load(state: StateDefinition, name: string): StateMachine {
  try {
    return loadState(withoutRetry(state), name);
  } catch (error) {
    if (error instanceof DefinitionRefused) throw invalidDefinition(error.message);
    throw error;
  }
}

/** A test is one try; what would come after it is told. */
function withoutRetry(state: StateDefinition): StateDefinition {
  const { Retry: _retriers, ...rest } = state as { Retry?: unknown };
  return rest as StateDefinition;
}

function readInput(input = "{}"): Json {
  try {
    return JSON.parse(input) as Json;
  } catch {
    throw new ServiceError("InvalidExecutionInput", "Invalid State Machine Execution Input: it is not JSON.");
  }
}

function readRetryCount({ stateConfiguration = {} }: Wire<TestStateInput>): number {
  const { retrierRetryCount = 0, ...others } = stateConfiguration;
  const [other] = Object.keys(others);
  if (other)
    throw invalid(`The local Step Functions does not have ${other}, which is of a Map: take it out.`);
  if (Number.isInteger(retrierRetryCount) && retrierRetryCount >= 0) return retrierRetryCount;
  throw violation(
    "stateConfiguration.retrierRetryCount",
    retrierRetryCount,
    "have value greater than or equal to 0",
  );
}
