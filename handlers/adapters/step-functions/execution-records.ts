/** Looks back at executions. */
import { paginateListExecutions, SFNClient } from "@aws-sdk/client-sfn";
import type { ExecutionRecords, ExecutionStatus } from "#workflow/ports/executions.ts";
import { createAwsClient } from "../aws-client.ts";
import { PATIENCE } from "../patience.ts";
import { toExecutionStatus } from "./describe-execution.ts";
import { stateMachineOf } from "./names.ts";

/** As many as Step Functions gives at once; the quota is 5 pages a second. */
const PAGE_SIZE = 1_000;

export function createExecutionRecords(
  stateMachineArn: string,
  client = createAwsClient(SFNClient, PATIENCE.background),
): ExecutionRecords {
  const listed = { stateMachineArn: stateMachineOf(stateMachineArn) };
  return {
    async listExecutionsSince(since) {
      const found = new Map<string, ExecutionStatus>();
      // Newest first, so the first one that is older ends the walk.
      for await (const page of paginateListExecutions({ client, pageSize: PAGE_SIZE }, listed)) {
        for (const { name = "", status, startDate } of page.executions ?? []) {
          if (startDate && startDate < since) return found;
          found.set(name, toExecutionStatus(status));
        }
      }
      return found;
    },
  };
}
