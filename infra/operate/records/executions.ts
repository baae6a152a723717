/** Executions as the Step Functions API tells of them, in the page's shape. */
import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionDoesNotExist,
  type ExecutionListItem,
  type ExecutionStatus,
  type HistoryEvent,
  ListExecutionsCommand,
  paginateGetExecutionHistory,
  RedriveExecutionCommand,
  type SFNClient,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import type {
  Definition,
  ExecutionDetail,
  ExecutionEvent,
  ExecutionRow,
  ExecutionsPage,
} from "../console/contract.ts";

export interface ExecutionsQuery {
  status?: ExecutionStatus | undefined;
  /** Part of a name, in any case. */
  text?: string | undefined;
  nextToken?: string | undefined;
}

export type ExecutionReader = ReturnType<typeof createExecutionReader>;

const ROWS_PER_PAGE = 50;
/** ListExecutions knows no text filter, so a search walks the list: this far for one answer, and on when asked. */
const SEARCH_PAGES = 20;
const SEARCH_PAGE_SIZE = 100;
const EVENTS_SHOWN = 2_000;

export function createExecutionReader(sfn: SFNClient, stateMachineArn: string) {
  const arnOf = (name: string) => `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;

  async function listPage(query: ExecutionsQuery, maxResults: number) {
    const { executions = [], nextToken } = await sfn.send(
      new ListExecutionsCommand({
        stateMachineArn,
        maxResults,
        ...(query.status && { statusFilter: query.status }),
        ...(query.nextToken && { nextToken: query.nextToken }),
      }),
    );
    return { executions: executions.map(toRow), nextToken };
  }

  async function searchExecutions(query: ExecutionsQuery, text: string): Promise<ExecutionsPage> {
    const found: ExecutionRow[] = [];
    let { nextToken } = query;
    let looked = 0;
    for (let pages = 0; pages < SEARCH_PAGES; pages += 1) {
      const page = await listPage({ ...query, nextToken }, SEARCH_PAGE_SIZE);
      looked += page.executions.length;
      found.push(...page.executions.filter(({ name }) => name.toLowerCase().includes(text)));
      nextToken = page.nextToken;
      if (!nextToken || found.length >= ROWS_PER_PAGE) break;
    }
    return { executions: found, nextToken, looked };
  }

  return {
    arnOf,

    /** Newest first. */
    async listExecutions(query: ExecutionsQuery): Promise<ExecutionsPage> {
      const text = query.text?.trim().toLowerCase();
      if (text) return searchExecutions(query, text);
      const page = await listPage(query, ROWS_PER_PAGE);
      return { ...page, looked: page.executions.length };
    },

    /** @returns undefined when there is none of that name */
    async findStatus(name: string): Promise<ExecutionStatus | undefined> {
      const execution = await findOne(sfn, arnOf(name));
      return execution?.status;
    },

    /** @returns undefined when there is none of that name */
    async findExecution(name: string): Promise<ExecutionDetail | undefined> {
      const executionArn = arnOf(name);
      const execution = await findOne(sfn, executionArn);
      if (!execution) return undefined;
      const [{ definition = "{}" }, history] = await Promise.all([
        sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn })),
        readHistory(sfn, executionArn),
      ]);
      const { input, output, error, cause, redriveStatus, redriveStatusReason } = execution;
      return {
        ...toRow(execution),
        executionArn,
        input,
        output,
        error,
        cause,
        ...(redriveStatus !== "REDRIVABLE" && {
          notRedrivable: redriveStatusReason ?? "It cannot be redriven.",
        }),
        definition: JSON.parse(definition) as Definition,
        ...history,
      };
    },

    async redriveExecution(name: string): Promise<void> {
      await sfn.send(new RedriveExecutionCommand({ executionArn: arnOf(name) }));
    },

    async stopExecution(name: string): Promise<void> {
      const cause = "Stopped by an operator in the console.";
      await sfn.send(new StopExecutionCommand({ executionArn: arnOf(name), error: "Stopped", cause }));
    },
  };
}

async function findOne(sfn: SFNClient, executionArn: string) {
  try {
    return await sfn.send(new DescribeExecutionCommand({ executionArn }));
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
}

async function readHistory(client: SFNClient, executionArn: string) {
  const events: ExecutionEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client, pageSize: 1_000 }, { executionArn })) {
    events.push(...(page.events ?? []).map(toEvent));
    if (events.length >= EVENTS_SHOWN) return { events: events.slice(0, EVENTS_SHOWN), isCut: true };
  }
  return { events, isCut: false };
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
