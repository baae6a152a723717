/** Lambda's limits for what a function is given and what it returns to whoever waits for it. */
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { BodyTooLarge } from "./request-body.ts";

/**
 * Of the whole payload as JSON, so that quotes within a body count twice, and bytes that travel in base64 a third more. The
 * numbers are those of Lambda's own messages: a request must be smaller than the one, and a result may be as large as the other.
 * https://zaccharles.medium.com/deep-dive-lambdas-response-payload-size-limit-8aedba9530ed measured both.
 */
const LEAST_BYTES_REFUSED = 6_291_456;
const MOST_BYTES = 6_291_556;

/** The function itself has ended well; it is Lambda that fails it. */
class ResultTooLarge extends Error {
  override name = "Function.ResponseSizeTooLarge";
}

/** @throws BodyTooLarge as the gateway passes on what Lambda says of it */
export function checkEventSize(event: APIGatewayProxyEventV2): void {
  if (isFarBelow(event) || sizeOf(event) < LEAST_BYTES_REFUSED) return;
  throw new BodyTooLarge();
}

/** @throws ResultTooLarge */
export function checkResultSize<Result>(result: Result): Result {
  if (isFarBelow(result) || sizeOf(result) <= MOST_BYTES) return result;
  throw new ResultTooLarge(
    `Response payload size exceeded maximum allowed payload size (${MOST_BYTES} bytes).`,
  );
}

const sizeOf = (payload: unknown) => Buffer.byteLength(JSON.stringify(payload) ?? "");

/** Whatever its characters grow to, six bytes each at most, with headers beside it: nothing has to be written out to see that. */
function isFarBelow(payload: unknown): boolean {
  if (typeof payload !== "object" || payload === null || !("body" in payload)) return false;
  return typeof payload.body === "string" && payload.body.length < MOST_BYTES / 8;
}
