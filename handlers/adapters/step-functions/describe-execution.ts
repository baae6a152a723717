/** How an execution stands. */
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ExecutionDoesNotExist,
  type SFNClient,
  type ExecutionStatus as SfnStatus,
} from "@aws-sdk/client-sfn";
import type { ExecutionStatus } from "#workflow/ports/executions.ts";

/**
 * DescribeExecution is eventually consistent: it may not know yet what was started a moment ago.
 * @returns undefined when there is none of that name, or none yet
 */
export async function describeExecution(
  client: SFNClient,
  executionArn: string,
): Promise<DescribeExecutionCommandOutput | undefined> {
  try {
    return await client.send(new DescribeExecutionCommand({ executionArn }));
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
}

/** @param status undefined: nobody has told, so it has not failed either */
export function toExecutionStatus(status: SfnStatus | undefined): ExecutionStatus {
  if (status === undefined) return "unknown";
  if (status === "SUCCEEDED") return "succeeded";
  return status === "RUNNING" || status === "PENDING_REDRIVE" ? "running" : "failed";
}
