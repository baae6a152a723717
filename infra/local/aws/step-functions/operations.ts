/** The operations of Step Functions, as its wire protocol has them. */
import { randomUUID } from "node:crypto";
import type {
  DescribeExecutionInput,
  DescribeExecutionOutput,
  ExecutionListItem,
  GetExecutionHistoryInput,
  GetExecutionHistoryOutput,
  ListExecutionsInput,
  ListExecutionsOutput,
  RedriveExecutionInput,
  RedriveExecutionOutput,
  StartExecutionInput,
  StartExecutionOutput,
  StopExecutionInput,
  StopExecutionOutput,
} from "@aws-sdk/client-sfn";
import { toSeconds, type Wire } from "#infra/one-machine/wire.ts";
import type { StateMachineIdentity } from "#infra/states-language/drive-execution.ts";
import type { Execution } from "#infra/states-language/execution.ts";
import { withoutExecutionData } from "#infra/states-language/history-events.ts";
import { requireOneOf } from "./constraints.ts";
import type { ExecutionStore } from "./execution-store.ts";
import type { Executions } from "./executions.ts";
import { parseExecutionArn } from "./identity.ts";
import { decodeToken, encodeToken, pageSize } from "./page-token.ts";
import { whyNotRedrivable } from "./redrivable.ts";
import { aliasArn, resolveTarget, versionArn } from "./releases/qualified-arn.ts";
import type { Releases } from "./releases/releases.ts";
import { requireExecutionInput, requireExecutionName } from "./start-request.ts";

/** In the order in which AWS names them. */
const EXECUTION_STATUSES = [
  "SUCCEEDED",
  "TIMED_OUT",
  "PENDING_REDRIVE",
  "ABORTED",
  "FAILED",
  "RUNNING",
] as const;
const REDRIVE_FILTERS = ["REDRIVEN", "NOT_REDRIVEN"] as const;
const LONGEST_EXECUTIONS_TOKEN = 3096;

export function createExecutionOperations(
  identity: StateMachineIdentity,
  store: ExecutionStore,
  executions: Executions,
  releases: Releases,
) {
  const nameOf = (arn: unknown) => parseExecutionArn(identity, arn);

  return {
    async StartExecution(input: Wire<StartExecutionInput>): Promise<Wire<StartExecutionOutput>> {
      const target = resolveTarget(identity, releases, input.stateMachineArn);
      const name = requireExecutionName(input.name ?? randomUUID());
      const execution = await executions.startExecution(name, requireExecutionInput(input.input), target);
      return { executionArn: execution.arn, startDate: toSeconds(execution.startedAt) };
    },

    async StopExecution(input: Wire<StopExecutionInput>): Promise<Wire<StopExecutionOutput>> {
      const { error, cause } = input;
      const execution = await executions.stopExecution(nameOf(input.executionArn), {
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      });
      return { stopDate: toSeconds(execution.stoppedAt ?? Date.now()) };
    },

    async RedriveExecution(input: Wire<RedriveExecutionInput>): Promise<Wire<RedriveExecutionOutput>> {
      const execution = await executions.redriveExecution(nameOf(input.executionArn), input.clientToken);
      return { redriveDate: toSeconds(execution.redrivenAt ?? Date.now()) };
    },

    async DescribeExecution(input: Wire<DescribeExecutionInput>): Promise<Wire<DescribeExecutionOutput>> {
      const execution = await executions.findExecution(nameOf(input.executionArn));
      const { error, cause, output } = execution;
      const redriveStatusReason = whyNotRedrivable(execution);
      return {
        ...describeItem(identity, execution),
        input: execution.input,
        inputDetails: { included: true },
        ...(output !== undefined && { output, outputDetails: { included: true } }),
        error,
        cause,
        redriveStatus: redriveStatusReason === undefined ? "REDRIVABLE" : "NOT_REDRIVABLE",
        redriveStatusReason,
      };
    },

    async ListExecutions(input: Wire<ListExecutionsInput>): Promise<Wire<ListExecutionsOutput>> {
      const isAskedFor = ofQualifier(identity, releases, input.stateMachineArn);
      const status = requireOneOf("statusFilter", input.statusFilter, EXECUTION_STATUSES);
      const redriveFilter = requireOneOf("redriveFilter", input.redriveFilter, REDRIVE_FILTERS);
      const after = decodeToken(input.nextToken, LONGEST_EXECUTIONS_TOKEN);
      const page = { limit: pageSize(input.maxResults), after };
      const { items, next } = await store.listExecutions(page, {
        status,
        matches: (execution) =>
          isAskedFor(execution) &&
          (!redriveFilter || (redriveFilter === "REDRIVEN") === execution.redriveCount > 0),
      });
      return {
        executions: items.map((execution) => describeItem(identity, execution)),
        nextToken: encodeToken(next),
      };
    },

    async GetExecutionHistory(
      input: Wire<GetExecutionHistoryInput>,
    ): Promise<Wire<GetExecutionHistoryOutput>> {
      const { name } = await executions.findExecution(nameOf(input.executionArn));
      const { items, next } = await store.listEvents(name, {
        limit: pageSize(input.maxResults),
        after: decodeToken(input.nextToken),
        reverse: input.reverseOrder === true,
      });
      const events = input.includeExecutionData === false ? items.map(withoutExecutionData) : items;
      return { events, nextToken: encodeToken(next) };
    },
  };
}

/** @returns whether an execution is of the version or alias that an ARN names; of the state machine itself all are */
function ofQualifier(identity: StateMachineIdentity, releases: Releases, arn: unknown) {
  const { version, alias } = resolveTarget(identity, releases, arn);
  if (alias) return (execution: Execution) => execution.alias === alias;
  return (execution: Execution) => version === undefined || execution.version === version;
}

function describeItem(identity: StateMachineIdentity, execution: Execution): Wire<ExecutionListItem> {
  const { name, status, startedAt, stoppedAt, redriveCount, redrivenAt, version, alias } = execution;
  return {
    executionArn: execution.arn,
    stateMachineArn: identity.arn,
    ...(version !== undefined && { stateMachineVersionArn: versionArn(identity, version) }),
    ...(alias !== undefined && { stateMachineAliasArn: aliasArn(identity, alias) }),
    name,
    status,
    startDate: toSeconds(startedAt),
    ...(stoppedAt !== undefined && { stopDate: toSeconds(stoppedAt) }),
    redriveCount,
    ...(redrivenAt !== undefined && { redriveDate: toSeconds(redrivenAt) }),
  };
}
