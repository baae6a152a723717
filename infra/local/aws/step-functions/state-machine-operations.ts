/** The operations that describe the one state machine there is. */
import type {
  DescribeStateMachineForExecutionInput,
  DescribeStateMachineForExecutionOutput,
  DescribeStateMachineInput,
  DescribeStateMachineOutput,
  ListStateMachinesInput,
  ListStateMachinesOutput,
  StartSyncExecutionInput,
} from "@aws-sdk/client-sfn";
import { toSeconds, type Wire } from "#infra/one-machine/wire.ts";
import type { StateMachineIdentity } from "#infra/states-language/drive-execution.ts";
import { ServiceError } from "../wire.ts";
import type { Executions } from "./executions.ts";
import { parseExecutionArn, requireStateMachine } from "./identity.ts";
import { decodeToken, invalidToken, pageSize } from "./page-token.ts";

/**
 * @param definition the text as it was given
 * @param madeAt milliseconds since 1970
 */
export function createStateMachineOperations(
  identity: StateMachineIdentity,
  { definition, madeAt }: { definition: string; madeAt: number },
  executions: Executions,
) {
  const createdAt = toSeconds(madeAt);
  const { arn, name, roleArn } = identity;
  const shared = {
    name,
    definition,
    roleArn,
    loggingConfiguration: { level: "OFF", includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  } as const;

  return {
    async ListStateMachines(input: Wire<ListStateMachinesInput>): Promise<Wire<ListStateMachinesOutput>> {
      pageSize(input.maxResults);
      // One page has them all, so that no token can be of this list.
      if (decodeToken(input.nextToken) !== undefined) throw invalidToken(input.nextToken ?? "");
      return { stateMachines: [{ stateMachineArn: arn, name, type: "STANDARD", creationDate: createdAt }] };
    },

    async DescribeStateMachine(
      input: Wire<DescribeStateMachineInput>,
    ): Promise<Wire<DescribeStateMachineOutput>> {
      requireStateMachine(identity, input.stateMachineArn);
      return { ...shared, stateMachineArn: arn, status: "ACTIVE", type: "STANDARD", creationDate: createdAt };
    },

    /** Of Express state machines only, which this one is not. */
    async StartSyncExecution(input: Wire<StartSyncExecutionInput>): Promise<never> {
      requireStateMachine(identity, input.stateMachineArn);
      throw new ServiceError(
        "StateMachineTypeNotSupported",
        "This operation is not supported by this type of state machine",
      );
    },

    async DescribeStateMachineForExecution(
      input: Wire<DescribeStateMachineForExecutionInput>,
    ): Promise<Wire<DescribeStateMachineForExecutionOutput>> {
      await executions.findExecution(parseExecutionArn(identity, input.executionArn));
      return { ...shared, stateMachineArn: arn, updateDate: createdAt };
    },
  };
}
