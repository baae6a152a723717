/** Whether the twenty-thousandth execution costs what the first cost: in time, in memory, in the console, the demo and the next start. */
import { performance } from "node:perf_hooks";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { runPurchaseDemo } from "#infra/local/purchase-demo.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
import { removeStackPlace, type StackPlace } from "#test/support/running-stack.ts";
import type { Figure } from "./figure.ts";
import { repeat, summarize } from "./interleave.ts";
import { createPurchases } from "./purchases.ts";
import { readMemory } from "./read-memory.ts";
import { copyPlace, timeStarts } from "./restarts.ts";
import type { StackBenchRun } from "./run-bench.ts";

const SECTION = "Growth";
const AT_ONCE = 16;
const LISTINGS = 100;
/** The quickest counts: what the store does behind the writes of a stage slows down some. */
const LISTING_ROUNDS = 8;
const DEMOS = 7;
/** Of the first store against the fuller ones. */
const AT_MOST = 1.2;

interface Stage {
  executions: number;
  /** Milliseconds. */
  perExecution: number;
  megabytes: number;
  /** Milliseconds for a page of the console's list, and for the demo. */
  listing: number;
  demo: number;
  /** Milliseconds from the command to the first answers. */
  restart: number;
}

export async function measureGrowth({ stack, sizes, report }: StackBenchRun): Promise<Figure[]> {
  const purchases = createPurchases(stack);
  const console = await startConsole({
    port: 0,
    aws: awsOf(stack),
    stateMachineArn: STATE_MACHINE_ARN,
    mayRedrive: false,
  });
  const readList = async () => {
    const response = await fetch(`${console.url}/api/executions`);
    const { executions } = (await response.json()) as { executions: unknown[] };
    if (executions.length === 0) throw new Error("the console lists no executions");
  };
  const runDemo = (stage: number) => async (index: number) => {
    await runPurchaseDemo(stack, () => {}, `bench-${stage}-${index}@example.com`);
  };

  const buyAll = async (students: string[]) => {
    await repeat((index) => purchases.buy(students[index] ?? ""), students.length, AT_ONCE);
    await purchases.waitUntilIdle();
  };

  const stages: Omit<Stage, "restart">[] = [];
  const places: StackPlace[] = [];
  try {
    report("growth, warm-up");
    await buyAll(await purchases.createStudents("growth-warm-up", sizes.growth[0] ?? 0));
    for (const executions of sizes.growth) {
      const before = stages.at(-1)?.executions ?? 0;
      report(`growth, up to ${executions} executions`);
      const students = await purchases.createStudents(`growth-${executions}`, executions - before);
      const startedAt = performance.now();
      await buyAll(students);
      const perExecution = (performance.now() - startedAt) / students.length;
      // In this order, so that what the store does behind all those writes is over when the short one is timed.
      const demo = summarize(await repeat(runDemo(executions), DEMOS, 1)).p50;
      const listing = await timeQuickest(readList);
      const megabytes = await readMemory(stack);
      stages.push({ executions, perExecution, megabytes, listing, demo });
      places.push(await copyPlace(stack));
    }
    report("growth, starts");
    const restarts = await timeStarts(places, 2 * sizes.starts);
    const [first, ...later] = stages.map((stage, index) => ({ ...stage, restart: restarts[index] ?? NaN }));
    return first ? later.flatMap((stage) => compare(stage, first)) : [];
  } finally {
    await console.close();
    for (const place of places) await removeStackPlace(place);
  }
}

async function timeQuickest(readList: () => Promise<void>): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < LISTING_ROUNDS; round++)
    rounds.push(summarize(await repeat(readList, LISTINGS, 1)).p50);
  return Math.min(...rounds);
}

function compare(stage: Stage, first: Stage): Figure[] {
  const figure = (name: string, unit: Figure["unit"], field: Exclude<keyof Stage, "executions">) => ({
    section: SECTION,
    name,
    unit,
    ours: stage[field],
    floor: first[field],
    atMost: AT_MOST,
  });
  return [
    figure(`each execution, up to ${stage.executions}`, "ms", "perExecution"),
    figure(`memory with ${stage.executions}`, "MB", "megabytes"),
    figure(`console's list with ${stage.executions}`, "ms", "listing"),
    figure(`the demo with ${stage.executions}`, "ms", "demo"),
    figure(`start with ${stage.executions}`, "ms", "restart"),
  ];
}
