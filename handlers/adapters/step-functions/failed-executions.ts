/** Redrives failed executions for operators; where AWS cannot, or would run a replaced definition, starts a fresh one. */
import {
  DescribeStateMachineForExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionNotRedrivable,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { FailedExecutions } from "#workflow/ports/executions.ts";
import { describeExecution, toExecutionStatus } from "./describe-execution.ts";
import { executionArnOf, freshNamesOf, MOST_FRESH_STARTS } from "./names.ts";
import { readDefinitionText } from "./state-machine.ts";

export function createFailedExecutions(stateMachineArn: string, client: SFNClient): FailedExecutions {
  const arnOf = (executionName: string) => executionArnOf(stateMachineArn, executionName);
  const describe = (executionName: string) => describeExecution(client, arnOf(executionName));

  /** A redrive runs the definition of the first attempt, so a fault that was mended in the definition would stay. */
  async function hasChangedDefinition(executionName: string): Promise<boolean> {
    const [then, now] = await Promise.all([
      client.send(new DescribeStateMachineForExecutionCommand({ executionArn: arnOf(executionName) })),
      readDefinitionText(stateMachineArn, client),
    ]);
    return then.definition !== now;
  }

  async function redrive(executionName: string): Promise<boolean> {
    try {
      await client.send(new RedriveExecutionCommand({ executionArn: arnOf(executionName) }));
      return true;
    } catch (error) {
      if (error instanceof ExecutionNotRedrivable) return false;
      throw error;
    }
  }

  /** Under the first number that is free or whose execution has not failed. */
  async function startFresh(executionName: string, input: string): Promise<string> {
    for (const name of freshNamesOf(executionName)) {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
        return name;
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
        if (toExecutionStatus((await describe(name))?.status) !== "failed") return name;
      }
    }
    throw new Error(
      `${executionName} has been started afresh ${MOST_FRESH_STARTS} times and failed every time`,
    );
  }

  return {
    async redriveExecution(executionName) {
      const execution = await describe(executionName);
      if (!execution) return undefined;
      if (toExecutionStatus(execution.status) !== "failed") return executionName;
      const isRedriven = !(await hasChangedDefinition(executionName)) && (await redrive(executionName));
      return isRedriven ? executionName : startFresh(executionName, execution.input ?? "{}");
    },

    async findExecutionStatus(executionName) {
      return toExecutionStatus((await describe(executionName))?.status);
    },
  };
}
