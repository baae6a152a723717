/** Whether the ten-thousandth execution costs what the first cost: in time, in memory, and in the list of executions. */
import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import type { Figure } from "./figure.ts";
import { repeat, summarize } from "./interleave.ts";
import { createPurchases, type Purchases } from "./purchases.ts";
import type { StackBenchRun } from "./run-bench.ts";

const SECTION = "Growth";
const AT_ONCE = 16;
const LISTINGS = 20;

export async function measureGrowth({ stack, sizes, say }: StackBenchRun): Promise<Figure[]> {
  const purchases = createPurchases(stack);
  const stages = [];
  let executions = 0;
  for (const goal of sizes.growth) {
    say(`growth, up to ${goal} executions`);
    const startedAt = performance.now();
    const before = executions;
    await repeat((index) => buy(purchases, before + index), goal - before, AT_ONCE);
    executions = goal;
    stages.push({
      goal,
      perExecution: (performance.now() - startedAt) / (goal - before),
      memory: readResidentMegabytes(stack.pid),
      listing: await timeListing(purchases),
    });
  }
  const first = stages[0];
  return stages.slice(1).flatMap(({ goal, perExecution, memory, listing }): Figure[] => [
    {
      section: SECTION,
      name: `time per execution, up to ${goal}`,
      unit: "ms",
      ours: perExecution,
      floor: first?.perExecution,
      atMost: 1.2,
    },
    {
      section: SECTION,
      name: `memory at ${goal}, MB`,
      unit: "count",
      ours: memory,
      floor: first?.memory,
      atMost: 1.2,
    },
    {
      section: SECTION,
      name: `page of executions at ${goal}`,
      unit: "ms",
      ours: listing,
      floor: first?.listing,
      atMost: 1.2,
    },
  ]);
}

async function buy(purchases: Purchases, index: number): Promise<void> {
  const userId = `bench-growth-${index}`;
  await purchases.createStudent(userId);
  await purchases.buy(userId);
}

async function timeListing({ clients }: Purchases): Promise<number> {
  const list = () =>
    clients.sfn.send(new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN, maxResults: 50 }));
  return summarize(await repeat(list, LISTINGS, 1)).p50;
}

function readResidentMegabytes(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}
