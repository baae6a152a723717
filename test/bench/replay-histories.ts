/** How long a change of the workflow is tried on yesterday's purchases: `npm run replay`, from its start to its report. */
import { performance } from "node:perf_hooks";
import type { ReplayReport } from "#infra/operate/replay/replay.ts";
import { endpointsOf, runNpmCommand } from "#test/support/run-npm-command.ts";
import type { Figure } from "./figure.ts";
import { repeat } from "./interleave.ts";
import { createPurchases } from "./purchases.ts";
import type { StackBenchRun } from "./run-bench.ts";

const AT_ONCE = 16;
/** Seconds, of ten thousand histories. */
const AT_MOST = 60;

export async function measureReplay({ stack, sizes, report }: StackBenchRun): Promise<Figure[]> {
  report(`replay, ${sizes.replays} executions to be replayed`);
  const purchases = createPurchases(stack);
  const students = await purchases.createStudents("replay", sizes.replays);
  await repeat((index) => purchases.buy(students[index] ?? ""), students.length, AT_ONCE);
  await purchases.waitUntilIdle();
  report("replay");
  const startedAt = performance.now();
  const { stdout } = await runNpmCommand("replay", ["--local", "--json"], endpointsOf(stack));
  const seconds = (performance.now() - startedAt) / 1_000;
  const { executions, differences } = JSON.parse(stdout) as ReplayReport;
  if (executions < sizes.replays || differences.length > 0)
    throw new Error(`${executions} executions were replayed, with ${differences.length} differences.`);
  return [
    {
      section: "Replay",
      name: `${sizes.replays} histories on the unchanged definition`,
      unit: "s",
      ours: seconds,
      atMost: AT_MOST,
    },
  ];
}
