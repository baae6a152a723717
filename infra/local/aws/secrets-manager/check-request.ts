/** What Secrets Manager refuses before it looks for a secret. */
import { ServiceError } from "../wire.ts";

const NAME = /^[\w/+=.@!-]+$/;
/** In characters of UTF-8, at least one. */
const MOST: Record<string, number> = {
  Name: 512,
  SecretId: 2_048,
  SecretString: 65_536,
  Description: 2_048,
  VersionStage: 256,
};
/** Of the ids of versions. */
const ID_LENGTH = { least: 32, most: 64 };
const MOST_STAGES = 20;
const NOT_HERE = ["SecretBinary", "KmsKeyId", "Tags", "AddReplicaRegions", "RotationToken", "Type"];

type Input = Record<string, unknown>;

/** @throws ServiceError */
export function checkRequest(input: Input): void {
  const missing = NOT_HERE.find((name) => input[name] !== undefined);
  if (missing) throw new ServiceError("InvalidParameterException", `${missing} is not available here.`);
  for (const [name, most] of Object.entries(MOST)) {
    const least = name === "Description" ? 0 : 1;
    if (input[name] !== undefined) checkText(name, input[name], least, most);
  }
  for (const name of ["ClientRequestToken", "VersionId"]) {
    if (input[name] !== undefined) checkText(name, input[name], ID_LENGTH.least, ID_LENGTH.most);
  }
  if (input["VersionStages"] !== undefined) checkStages(input["VersionStages"]);
}

/** @param id the name of a secret, or its ARN */
export function checkName(id: unknown, field: "Name" | "SecretId"): asserts id is string {
  if (typeof id !== "string") throw violated(field, "null", "Member must not be null");
  const name = id.replace(/^arn:aws:secretsmanager:[\w-]+:\d{12}:secret:/, "");
  if (!NAME.test(name)) {
    throw new ServiceError(
      "ValidationException",
      "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
    );
  }
}

/** The SDK gives one, unless its user does. */
export function checkToken(token: unknown): asserts token is string {
  if (typeof token === "string") return;
  throw new ServiceError(
    "InvalidRequestException",
    "You must provide a ClientRequestToken value. We recommend a UUID-type value.",
  );
}

function checkStages(stages: unknown): void {
  if (!Array.isArray(stages))
    throw new ServiceError("SerializationException", "VersionStages must be a list.");
  if (stages.length === 0 || stages.length > MOST_STAGES)
    throw violated(
      "VersionStages",
      JSON.stringify(stages),
      `Member must have length between 1 and ${MOST_STAGES}`,
    );
  for (const stage of stages) checkText("VersionStages", stage, 1, 256);
}

function checkText(name: string, value: unknown, least: number, most: number): void {
  if (typeof value !== "string")
    throw new ServiceError("SerializationException", `${name} must be a string.`);
  const length = Buffer.byteLength(value);
  // What is in a secret stays out of messages.
  if (length < least)
    throw violated(name, "***", `Member must have length greater than or equal to ${least}`);
  if (length > most) throw violated(name, "***", `Member must have length less than or equal to ${most}`);
}

function violated(name: string, value: string, constraint: string): ServiceError {
  const field = name.charAt(0).toLowerCase() + name.slice(1);
  return new ServiceError(
    "ValidationException",
    `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: ${constraint}`,
  );
}
