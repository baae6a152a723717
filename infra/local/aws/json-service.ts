/** A service that speaks AWS's JSON protocol, given its operations as functions. */
import { unknownOperation } from "./unknown-operation.ts";
import { type AwsReply, type AwsService, ServiceError } from "./wire.ts";

interface JsonProtocol {
  /** What error types are prefixed with, e.g. `com.amazonaws.states#`. */
  errorNamespace: string;
  version: "1.0" | "1.1";
}

// Each operation checks what it reads; the protocol knows no more than that the input is an object.
// oxlint-disable-next-line typescript/no-explicit-any
type Operation = (input: any) => Promise<object>;

export function createJsonService(
  operations: Record<string, Operation>,
  { errorNamespace, version }: JsonProtocol,
): AwsService {
  const contentType = `application/x-amz-json-${version}`;
  return async ({ operation, body }) => {
    try {
      const perform = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!perform) throw unknownOperation(operation, Object.keys(operations));
      const output = await perform(parseInput(body));
      return { status: 200, headers: { "content-type": contentType }, body: JSON.stringify(output) };
    } catch (error) {
      return errorReply(error, contentType, errorNamespace);
    }
  };
}

/** @returns AWS's answer to anything thrown; what no operation foresaw is the service's own fault */
export function errorReply(
  error: unknown,
  contentType = "application/x-amz-json-1.0",
  namespace = "",
): AwsReply {
  const known =
    error instanceof ServiceError ? error : new ServiceError("InternalFailure", String(error), 500);
  return {
    status: known.status,
    headers: { "content-type": contentType, "x-amzn-errortype": known.name },
    body: JSON.stringify({ __type: namespace + known.name, message: known.message }),
  };
}

function parseInput(body: string): object {
  try {
    const input: unknown = JSON.parse(body || "{}");
    if (typeof input === "object" && input !== null) return input;
  } catch {
    // Answered below, like any other body that is not an object.
  }
  throw new ServiceError("SerializationException", "The request's body is not a JSON object.");
}
