/** Parameters that DynamoDB knows and dynalite passes over in silence. */
import { ServiceError } from "../wire.ts";

/** Each with the value that asks for nothing. */
const NOT_HERE: Record<string, unknown> = {
  DeletionProtectionEnabled: false,
  OnDemandThroughput: undefined,
  ResourcePolicy: undefined,
  SSESpecification: undefined,
  StreamSpecification: undefined,
  TableClass: "STANDARD",
  WarmThroughput: undefined,
};
const ON_FAILED_CONDITION = "ReturnValuesOnConditionCheckFailure";

type Input = Record<string, unknown>;

/** @throws ServiceError */
export function checkParameters(operation: string, input: Input): void {
  // A table that is there can be tagged.
  const notHere = operation === "TagResource" ? NOT_HERE : { ...NOT_HERE, Tags: undefined };
  const wanted = Object.entries(notHere).find(
    ([name, nothing]) => input[name] !== undefined && input[name] !== nothing,
  );
  if (wanted) throw new ServiceError("ValidationException", `${wanted[0]} is not available here.`);
  const value = input[ON_FAILED_CONDITION];
  if (value === undefined || value === "ALL_OLD" || value === "NONE") return;
  throw new ServiceError(
    "ValidationException",
    `1 validation error detected: Value '${JSON.stringify(value)}' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
  );
}

export const wantsStandingItem = (input: Input) => input[ON_FAILED_CONDITION] === "ALL_OLD";
