/** The second argument of a Lambda handler. */
import type { Context } from "aws-lambda";
import { functionArn } from "#infra/local/names.ts";

/** An HTTP API waits no longer for an integration. */
const TIME_LIMIT_MS = 30_000;

function outdated(): never {
  throw new Error("A handler returns its result; done, fail and succeed are gone since Node 24.");
}

export function createLambdaContext(functionName: string, awsRequestId: string): Context {
  const deadline = Date.now() + TIME_LIMIT_MS;
  return {
    awsRequestId,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: functionArn(functionName),
    memoryLimitInMB: "512",
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: outdated,
    fail: outdated,
    succeed: outdated,
  };
}
