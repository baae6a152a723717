/**
 * Which execution does a purchase's work now, and how it stands: one that cannot be redriven, or whose definition has
 * changed, is followed by fresh ones under its name's next numbers.
 */
import type { ExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import { freshNamesOf } from "#handlers/adapters/step-functions/names.ts";
import type { ExecutionState, Standing } from "./shapes.ts";

/** As many as Step Functions lists at once. */
const LISTED = 1_000;
/** DescribeExecution's quota is 15 a second for everybody in the account. */
const DESCRIBED_AT_A_LOOK = 5;

export type Standings = ReturnType<typeof createStandings>;

export function createStandings(lookup: Pick<ExecutionLookup, "listExecutions" | "findStatus">) {
  /** What no list has told, each with when it was asked for. */
  const described = new Map<string, { status: ExecutionState | undefined; at: number }>();

  async function listStatuses(): Promise<Map<string, ExecutionState>> {
    const pages = await Promise.all([
      lookup.listExecutions({ pageSize: LISTED }),
      lookup.listExecutions({ pageSize: LISTED, status: "FAILED" }),
    ]);
    return new Map(pages.flatMap(({ executions }) => executions.map(({ name, status }) => [name, status])));
  }

  /** Those that were asked for longest ago, a few at a time. What has succeeded stays so. */
  async function describeSome(names: string[]): Promise<void> {
    const due = names
      .filter((name) => described.get(name)?.status !== "SUCCEEDED")
      .sort((one, other) => (described.get(one)?.at ?? 0) - (described.get(other)?.at ?? 0))
      .slice(0, DESCRIBED_AT_A_LOOK);
    await Promise.all(
      due.map(async (name) => described.set(name, { status: await lookup.findStatus(name), at: Date.now() })),
    );
  }

  return {
    /** Exactly, by a DescribeExecution for the execution and each in its place. Undefined: there is none of that name. */
    async findStanding(executionName: string): Promise<Standing | undefined> {
      const found: Standing[] = [];
      for (const name of withFreshNames(executionName)) {
        const status = await lookup.findStatus(name);
        if (!status) break;
        found.push({ executionName: name, status });
      }
      return choose(found);
    },

    /**
     * Of any number at the cost of two lists. Executions that are neither among the newest nor among those that failed
     * last are asked for a few at each call, and missing until then.
     */
    async listStandings(executionNames: string[]): Promise<Map<string, Standing>> {
      const listed = await listStatuses();
      await describeSome([...new Set(executionNames)].filter((name) => !listed.has(name)));
      const statusOf = (name: string) => listed.get(name) ?? described.get(name)?.status;
      return new Map(
        executionNames.flatMap((executionName) => {
          const standing = choose(
            withFreshNames(executionName).flatMap((name) => {
              const status = statusOf(name);
              return status ? { executionName: name, status } : [];
            }),
          );
          return standing ? [[executionName, standing]] : [];
        }),
      );
    },
  };
}

/** The execution itself and what may have followed it. */
function withFreshNames(executionName: string): string[] {
  const fresh = freshNamesOf(executionName);
  return [executionName, ...fresh.slice(fresh.indexOf(executionName) + 1)];
}

/** Any may have been redriven, whatever its number: what has done the work counts, then what is at work, then the latest. */
function choose(candidates: Standing[]): Standing | undefined {
  return (
    candidates.find(({ status }) => status === "SUCCEEDED") ??
    candidates.find(({ status }) => status === "RUNNING" || status === "PENDING_REDRIVE") ??
    candidates.at(-1)
  );
}
