/** What TestState is told that a Task's service answers. */
import type { TestStateInput } from "@aws-sdk/client-sfn";
import type { Wire } from "#infra/one-machine/wire.ts";
import type { StateDefinition } from "#infra/states-language/definition.ts";
import type { Json } from "#infra/states-language/engine.ts";
import type { Failure } from "#infra/states-language/history-events.ts";
import { LAMBDA_INVOKE, SQS_SEND_MESSAGE } from "#infra/states-language/supported-language.ts";
import { ServiceError } from "../../wire.ts";
import { requireOneOf } from "../constraints.ts";

export type Mock = { result: Json } | { failure: Failure };

const MODES = ["STRICT", "PRESENT", "NONE"] as const;

/** The fields of what the services answer, with their types; none is required, so STRICT and PRESENT are the same. */
const FIELDS: Record<string, Record<string, "number" | "string">> = {
  [LAMBDA_INVOKE]: {
    StatusCode: "number",
    FunctionError: "string",
    LogResult: "string",
    ExecutedVersion: "string",
  },
  [SQS_SEND_MESSAGE]: {
    MD5OfMessageBody: "string",
    MD5OfMessageAttributes: "string",
    MD5OfMessageSystemAttributes: "string",
    MessageId: "string",
    SequenceNumber: "string",
  },
};

/** @throws ValidationException */
export function readMock(
  { mock, revealSecrets }: Wire<TestStateInput>,
  state: StateDefinition,
): Mock | undefined {
  if (!mock) return undefined;
  const { result, errorOutput, fieldValidationMode } = mock;
  if (result !== undefined && errorOutput !== undefined)
    throw invalid("A test mock should have only one of the following fields: [result, errorOutput].");
  if (revealSecrets) throw invalid("TestState does not support RevealSecrets when a mock is specified.");
  if (state.Type !== "Task" && state.Type !== "Map" && state.Type !== "Parallel")
    throw invalid(`State type '${state.Type}' is not supported when a mock is specified`);
  const mode = requireOneOf("mock.fieldValidationMode", fieldValidationMode, MODES);
  if (errorOutput) return { failure: { error: errorOutput.error ?? "", cause: errorOutput.cause ?? "" } };
  const answer = parse(result ?? "{}");
  if (mode !== "NONE" && state.Type === "Task") requireFields(answer, FIELDS[state.Resource] ?? {});
  return { result: answer };
}

const invalid = (message: string) => new ServiceError("ValidationException", message);

function parse(result: string): Json {
  try {
    return JSON.parse(result) as Json;
  } catch {
    throw invalid("Mocked result must be valid JSON");
  }
}

function requireFields(answer: Json, fields: Record<string, string>): void {
  if (typeof answer !== "object" || answer === null) return;
  for (const [field, type] of Object.entries(fields)) {
    const value: unknown = (answer as Record<string, Json>)[field];
    if (value !== undefined && typeof value !== type)
      throw invalid(`Mock result schema validation error: Field '${field}' must be a ${type}`);
  }
}
