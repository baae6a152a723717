/** Starts executions named after payment events, and redrives those that had failed. */
import {
  ExecutionAlreadyExists,
  ExecutionNotRedrivable,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { Executions } from "#workflow/ports.ts";

/** Stripe waits for the answer, so a Step Functions that does not answer must leave time for the overflow queue. */
const createClient = () =>
  new SFNClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 } });

export function createExecutions(stateMachineArn: string, client = createClient()): Executions {
  async function redrive(executionName: string): Promise<"redriven" | "duplicate"> {
    try {
      const executionArn = executionArnOf(stateMachineArn, executionName);
      await client.send(new RedriveExecutionCommand({ executionArn }));
      return "redriven";
    } catch (error) {
      if (error instanceof ExecutionNotRedrivable) return "duplicate"; // running or succeeded: nothing to mend
      throw error;
    }
  }

  return {
    /**
     * An execution that already exists may have failed, and Step Functions answers the same for failed and succeeded
     * alike. Asking for a redrive tells them apart and repairs in one call, without DescribeExecution's low quota.
     */
    async startExecution(event) {
      try {
        await client.send(
          new StartExecutionCommand({ stateMachineArn, name: event.eventId, input: JSON.stringify(event) }),
        );
        return "started";
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return redrive(event.eventId);
        throw error;
      }
    },
  };
}

function executionArnOf(stateMachineArn: string, executionName: string): string {
  return `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${executionName}`;
}
