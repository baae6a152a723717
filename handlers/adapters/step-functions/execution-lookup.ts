/** Executions as operators look at them: lists, histories, and the definition that each ran. */
import {
  type DescribeExecutionCommandOutput,
  DescribeStateMachineForExecutionCommand,
  ExecutionDoesNotExist,
  type ExecutionListItem,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  paginateGetExecutionHistory,
  type SFNClient,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { describeExecution } from "./describe-execution.ts";
import type {
  Definition,
  ExecutionDetail,
  ExecutionEvent,
  ExecutionHistory,
  ExecutionRow,
  ExecutionState,
} from "./execution.ts";
import { createPatientClient } from "./executions.ts";
import { executionArnOf, stateMachineOf } from "./names.ts";

interface ExecutionsQuery {
  status?: ExecutionState | undefined;
  /** 1,000 at most. */
  pageSize: number;
  nextToken?: string | undefined;
}

export type ExecutionLookup = ReturnType<typeof createExecutionLookup>;

const EVENTS_SHOWN = 2_000;

/** @param client one that several share keeps their calls within one pace */
export function createExecutionLookup(stateMachineArn: string, client = createPatientClient()) {
  const arnOf = (name: string) => executionArnOf(stateMachineArn, name);

  return {
    /** Newest first. */
    async listExecutions({ status, pageSize, nextToken: token }: ExecutionsQuery) {
      const { executions = [], nextToken } = await client.send(
        new ListExecutionsCommand({
          stateMachineArn: stateMachineOf(stateMachineArn),
          maxResults: pageSize,
          ...(status && { statusFilter: status }),
          ...(token && { nextToken: token }),
        }),
      );
      return { executions: executions.map(toRow), nextToken };
    },

    /** @returns undefined when there is none of that name */
    async findStatus(name: string): Promise<ExecutionState | undefined> {
      return (await describeExecution(client, arnOf(name)))?.status;
    },

    /** @returns undefined when there is none of that name */
    async findExecution(name: string): Promise<ExecutionDetail | undefined> {
      const executionArn = arnOf(name);
      const execution = await describeExecution(client, executionArn);
      if (!execution) return undefined;
      const [definition, history] = await Promise.all([
        readDefinitionOf(client, executionArn),
        readHistory(client, executionArn),
      ]);
      return { ...toRow(execution), ...resultOf(execution), executionArn, ...definition, ...history };
    },

    /** Without DescribeExecution, whose quota is the lowest of all. @returns undefined when there is none of that name */
    async findHistory(name: string, most = EVENTS_SHOWN): Promise<ExecutionHistory | undefined> {
      try {
        return await readHistory(client, arnOf(name), most);
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },

    /** What it was started with and nothing after it. @returns undefined when there is none of that name */
    async findBeginning(name: string): Promise<ExecutionEvent[] | undefined> {
      try {
        const { events } = await client.send(
          new GetExecutionHistoryCommand({ executionArn: arnOf(name), maxResults: 1 }),
        );
        return events?.map(toEvent);
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },

    /** @param cause what its history is to say of it */
    async stopExecution(name: string, cause: string): Promise<void> {
      await client.send(new StopExecutionCommand({ executionArn: arnOf(name), error: "Stopped", cause }));
    },
  };
}

/** The definition that the execution runs, which may have been replaced since. */
async function readDefinitionOf(
  client: SFNClient,
  executionArn: string,
): Promise<Pick<ExecutionDetail, "definition" | "revisionId">> {
  const { definition = "{}", revisionId } = await client.send(
    new DescribeStateMachineForExecutionCommand({ executionArn }),
  );
  return { definition: JSON.parse(definition) as Definition, revisionId };
}

async function readHistory(
  client: SFNClient,
  executionArn: string,
  most = EVENTS_SHOWN,
): Promise<ExecutionHistory> {
  const events: ExecutionEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client, pageSize: 1_000 }, { executionArn })) {
    events.push(...(page.events ?? []).map(toEvent));
    if (events.length >= most) return { events: events.slice(0, most), isCut: true };
  }
  return { events, isCut: false };
}

function resultOf({
  input,
  output,
  error,
  cause,
  redriveStatus,
  redriveStatusReason = "It cannot be redriven.",
}: DescribeExecutionCommandOutput) {
  const notRedrivable = redriveStatus === "REDRIVABLE" ? undefined : redriveStatusReason;
  return { input, output, error, cause, notRedrivable };
}

function toRow(execution: Partial<ExecutionListItem>): ExecutionRow {
  return {
    name: execution.name ?? "",
    status: execution.status ?? "RUNNING",
    startedAt: execution.startDate?.toISOString() ?? "",
    stoppedAt: execution.stopDate?.toISOString(),
    redriveCount: execution.redriveCount ?? 0,
  };
}

/** Every kind of event has its details under a name of its own; there is one at most. */
function toEvent({ id = 0, type = "ExecutionStarted", timestamp, ...event }: HistoryEvent): ExecutionEvent {
  const [, details = {}] = Object.entries(event).find(([key]) => key.endsWith("EventDetails")) ?? [];
  return { id, type, at: timestamp?.toISOString() ?? "", details: details as Record<string, unknown> };
}
