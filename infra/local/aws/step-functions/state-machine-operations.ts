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
import { requireVersion, versionArn } from "./releases/qualified-arn.ts";
import type { Releases, Revision } from "./releases/releases.ts";

/** @param madeAt milliseconds since 1970 */
export function createStateMachineOperations(
  identity: StateMachineIdentity,
  { releases, madeAt }: { releases: Releases; madeAt: number },
  executions: Executions,
) {
  const createdAt = toSeconds(madeAt);
  const { arn, name, roleArn } = identity;

  const describe = ({ definition, revisionId }: Pick<Revision, "definition" | "revisionId">) =>
    ({
      name,
      definition: releases.textOf(definition),
      roleArn,
      ...(revisionId && { revisionId }),
      loggingConfiguration: { level: "OFF", includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    }) as const;

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
      const version = requireVersion(identity, releases, input.stateMachineArn);
      return {
        ...describe(version ?? releases.current),
        ...(version?.description !== undefined && { description: version.description }),
        stateMachineArn: version ? versionArn(identity, version.number) : arn,
        status: "ACTIVE",
        type: "STANDARD",
        creationDate: version ? toSeconds(version.createdAt) : createdAt,
      };
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
      const execution = await executions.findExecution(parseExecutionArn(identity, input.executionArn));
      const version = releases.versions.find(({ number }) => number === execution.version);
      const { definition = releases.current.definition } = execution;
      const isCurrent = definition === releases.current.definition;
      const { revisionId } = version ?? (isCurrent ? releases.current : {});
      return {
        ...describe({ definition, revisionId }),
        stateMachineArn: arn,
        updateDate: toSeconds(version?.updatedAt ?? releases.current.updatedAt),
      };
    },
  };
}
