/** How the executions stand that do purchases' work now, for pages that ask again and again. */
import type { ExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import { chooseStanding, withFreshNames } from "#handlers/adapters/step-functions/standing.ts";
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
      return chooseStanding(found);
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
          const standing = chooseStanding(
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
