/** Many executions at once, for plans: found by lists, since DescribeExecution's quota is the lowest of all. */
import { createHash } from "node:crypto";
import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type ExecutionListItem,
  ExecutionNotRedrivable,
  paginateListExecutions,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { PlannedExecutions, StandingExecution } from "#workflow/ports/executions.ts";
import { describeExecution, toExecutionStatus } from "./describe-execution.ts";
import { executionArnOf, freshNamesOf, stateMachineOf } from "./names.ts";
import { type DefinitionOfExecution, findReplaced } from "./replaced-definitions.ts";
import { chooseStanding, withFreshNames } from "./standing.ts";
import { readDefinitionText } from "./state-machine.ts";

/** As many as Step Functions lists at once. */
const PAGE_SIZE = 1_000;
/** So far the lists are walked; what is older is described, one by one. The quota is 5 pages a second. */
const MOST_PAGES = 50;
/** Step Functions' own limit. */
const REDRIVABLE_MS = 14 * 24 * 60 * 60 * 1_000;

type Row = Partial<
  Pick<
    ExecutionListItem,
    "name" | "status" | "redriveCount" | "startDate" | "stopDate" | "stateMachineVersionArn"
  >
>;

export function createPlannedExecutions(stateMachineArn: string, client: SFNClient): PlannedExecutions {
  const arnOf = (name: string) => executionArnOf(stateMachineArn, name);
  const listed = { stateMachineArn: stateMachineOf(stateMachineArn) };

  /** Newest first, down to the oldest of those that are wanted: what took its place is newer, and has been met by then. */
  async function listDownTo(wanted: Set<string>): Promise<{ rows: Map<string, Row>; isAll: boolean }> {
    const rows = new Map<string, Row>();
    const missing = new Set(wanted);
    let pages = 0;
    for await (const page of paginateListExecutions({ client, pageSize: PAGE_SIZE }, listed)) {
      for (const row of page.executions ?? []) {
        rows.set(row.name ?? "", row);
        missing.delete(row.name ?? "");
      }
      pages += 1;
      if (missing.size === 0) return { rows, isAll: true };
      if (pages === MOST_PAGES) return { rows, isAll: !page.nextToken };
    }
    return { rows, isAll: true };
  }

  async function describeInto(rows: Map<string, Row>, names: string[]): Promise<void> {
    for (const name of names) {
      if (rows.has(name)) continue;
      const found = await describeExecution(client, arnOf(name));
      // Numbers are given without gaps.
      if (!found) return;
      rows.set(name, found);
    }
  }

  async function readDefinitionOf(name: string): Promise<DefinitionOfExecution> {
    const executionArn = arnOf(name);
    const found = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    return { definition: found.definition ?? "", updatedAt: found.updateDate?.getTime() ?? 0 };
  }

  const readDefinition = () => readDefinitionText(stateMachineArn, client);

  async function readInput(source: Parameters<PlannedExecutions["startOnce"]>[1]): Promise<string> {
    if (!("inputOf" in source)) return JSON.stringify(source);
    const executionArn = arnOf(source.inputOf);
    return (await client.send(new DescribeExecutionCommand({ executionArn }))).input ?? "{}";
  }

  return {
    async findStandings(executionNames) {
      const wanted = new Set(executionNames);
      if (wanted.size === 0) return new Map();
      const { rows, isAll } = await listDownTo(wanted);
      if (!isAll) {
        const unseen = [...wanted].filter((name) => !rows.has(name));
        for (const name of unseen) await describeInto(rows, withFreshNames(name));
      }
      return new Map(
        [...wanted].flatMap((name) => {
          const standing = standingOf(name, rows);
          return standing ? [[name, standing]] : [];
        }),
      );
    },

    findReplaced: async (executions) => findReplaced(executions, { readDefinition, readDefinitionOf }),

    readDefinitionDigest: async () =>
      createHash("sha256")
        .update(await readDefinition())
        .digest("hex"),

    async findExecution(executionName) {
      const found = await describeExecution(client, arnOf(executionName));
      return found && { status: toExecutionStatus(found.status), redriveCount: found.redriveCount ?? 0 };
    },

    async redriveOnce(executionName, token) {
      const redrive = { executionArn: arnOf(executionName), clientToken: token };
      try {
        await client.send(new RedriveExecutionCommand(redrive));
        return true;
      } catch (error) {
        if (error instanceof ExecutionNotRedrivable || error instanceof ExecutionDoesNotExist) return false;
        throw error;
      }
    },

    async startOnce(executionName, source) {
      const input = await readInput(source);
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name: executionName, input }));
        return true;
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return false;
        throw error;
      }
    },
  };
}

function standingOf(executionName: string, rows: Map<string, Row>): StandingExecution | undefined {
  const candidates = withFreshNames(executionName).flatMap((name) => {
    const { status, ...row } = rows.get(name) ?? {};
    return status ? [{ ...row, name, status }] : [];
  });
  const chosen = chooseStanding(candidates);
  if (!chosen) return undefined;
  const { name, status, redriveCount = 0, startDate, stopDate, stateMachineVersionArn } = chosen;
  return {
    executionName: name,
    status: toExecutionStatus(status),
    redriveCount,
    startedAt: startDate?.toISOString() ?? "",
    version: stateMachineVersionArn,
    isPastRedrive: stopDate !== undefined && Date.now() - stopDate.getTime() > REDRIVABLE_MS,
    freshName: freshNamesOf(executionName).find((fresh) => !rows.has(fresh)),
  };
}
