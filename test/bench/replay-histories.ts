/** How long a change of the workflow is tried on yesterday's purchases: `npm run replay`, from its start to its report. */
import path from "node:path";
import { performance } from "node:perf_hooks";
import { createExecutionStore } from "#infra/local/aws/step-functions/execution-store.ts";
import { readDefinition } from "#infra/local/definition.ts";
import { openDatabase } from "#infra/local/storage/database.ts";
import type { ReplayReport } from "#infra/operate/replay/replay.ts";
import { loadStateMachine } from "#infra/states-language/definition.ts";
import { run, SCENARIOS } from "#test/infra/operate/replay/record-purchases.ts";
import { endpointsOf, runNpmCommand } from "#test/support/run-npm-command.ts";
import {
  createStackPlace,
  removeStackPlace,
  type StackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import type { Figure } from "./figure.ts";
import type { BenchRun } from "./run-bench.ts";

/** Seconds, of ten thousand histories. */
const AT_MOST = 60;

/** Every way that purchases go; one that still runs would go on as soon as the stack starts. */
const WAYS = SCENARIOS.filter(({ name }) => name !== "running");

export async function measureReplay({ sizes, report }: BenchRun): Promise<Figure[]> {
  report(`replay, ${sizes.replays} histories`);
  const place = await createStackPlace();
  try {
    await recordHistories(place, sizes.replays);
    const stack = await startRunningStack(place, {});
    try {
      report("replay");
      const startedAt = performance.now();
      const { stdout } = await runNpmCommand("replay", ["--local", "--json"], endpointsOf(stack));
      const seconds = (performance.now() - startedAt) / 1_000;
      const { executions, left, differences } = JSON.parse(stdout) as ReplayReport;
      if (executions < sizes.replays || left.length > 0)
        throw new Error(`Of ${sizes.replays} histories ${executions} were found.`);
      const [difference] = differences;
      if (difference) throw new Error(`The unchanged definition goes another way: ${difference.text}.`);
      const name = `${sizes.replays} histories on the unchanged definition`;
      return [{ section: "Replay", name, unit: "s", ours: seconds, atMost: AT_MOST }];
    } finally {
      await stack.stop();
    }
  } finally {
    await removeStackPlace(place);
  }
}

/** Into a place before its stack starts, as the stack would have kept them. */
async function recordHistories({ dataDir, ports }: StackPlace, count: number): Promise<void> {
  const loaded = loadStateMachine(await readDefinition(`http://localhost:${ports.aws}`));
  const database = await openDatabase(path.join(dataDir, "aws", "state"));
  const store = createExecutionStore(database);
  for (let number = 0; number < count; number += 1) {
    const way = WAYS[number % WAYS.length];
    const startOrder = store.nextStartOrder(Date.now());
    await run({ ...way, name: `evt_${way?.name}_${number}` }, store, { startOrder, loaded });
  }
  await database.close();
}
