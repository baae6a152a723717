/** The bench: its sections in order, each given what they share. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { measureAgainstSynchronous } from "./against-synchronous.ts";
import { measureApi } from "./api-dashboard.ts";
import { measureAtLocalEndpoint } from "./beside-peers/at-local-endpoint.ts";
import { measurePeers } from "./beside-peers/measure-peers.ts";
import { measureColdLoads } from "./cold-load.ts";
import { measureConsole } from "./console-lists.ts";
import { measureEnrollments } from "./enrollment-visible.ts";
import type { Figure } from "./figure.ts";
import { measureGrowth } from "./growth.ts";
import { reportingEnvironment } from "./read-memory.ts";
import { measureReplay } from "./replay-histories.ts";
import { measureStart } from "./start.ts";
import { measureBilling } from "./state-transitions.ts";
import { measureSustained } from "./sustained.ts";
import { measureAcknowledgement } from "./webhook-acknowledgement.ts";

interface Sizes {
  starts: number;
  acknowledgements: number;
  coldLoads: number;
  enrollments: number;
  /** Purchases in each turn with the synchronous handler. */
  sustained: number;
  /** Of the long load. */
  sustainedSeconds: number;
  /** How many executions there are when growth is measured, beside as many as the first for the warm-up. */
  growth: number[];
  dashboardRequests: number;
  /** Of two stores, whose lists are compared. */
  consoleExecutions: [few: number, many: number];
  replays: number;
}

export const FULL: Sizes = {
  starts: 5,
  acknowledgements: 1_500,
  coldLoads: 15,
  enrollments: 600,
  sustained: 600,
  sustainedSeconds: 20,
  growth: [1_000, 5_000, 20_000],
  dashboardRequests: 150,
  consoleExecutions: [100, 20_000],
  replays: 10_000,
};

/** To see that it works; its figures say little. */
export const QUICK: Sizes = {
  starts: 1,
  acknowledgements: 60,
  coldLoads: 3,
  enrollments: 30,
  sustained: 60,
  sustainedSeconds: 2,
  growth: [50, 100, 200],
  dashboardRequests: 20,
  consoleExecutions: [100, 1_000],
  replays: 50,
};

export interface BenchRun {
  sizes: Sizes;
  /** For bundles; removed afterwards. */
  directory: string;
  report: (progress: string) => void;
}

export interface StackBenchRun extends BenchRun {
  stack: RunningStack;
}

type Measure = (run: BenchRun) => Promise<Figure[]>;

const SECTIONS: Record<string, Measure> = {
  start: measureStart,
  cold: measureColdLoads,
  synchronous: measureAgainstSynchronous,
  peers: measurePeers,
  "peers-locally": onStack(measureAtLocalEndpoint),
  acknowledgement: onStack(measureAcknowledgement),
  enrollment: onStack(measureEnrollments),
  sustained: onStack(measureSustained),
  billing: onStack(measureBilling),
  api: onStack(measureApi),
  growth: onStack(measureGrowth),
  console: measureConsole,
  replay: measureReplay,
};

export const SECTION_NAMES = Object.keys(SECTIONS);

/** @param chosen names of sections; all of them when empty */
export async function runBench(
  sizes: Sizes,
  chosen: string[],
  report: (progress: string) => void,
): Promise<Figure[]> {
  const directory = await mkdtemp(path.join(tmpdir(), "bursar-bench-"));
  const figures: Figure[] = [];
  try {
    for (const [name, measure] of Object.entries(SECTIONS)) {
      if (chosen.length === 0 || chosen.includes(name))
        figures.push(...(await measure({ sizes, directory, report })));
    }
    return figures;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** On a stack of the section's own, so that no section measures what another has left in the store. */
function onStack(measure: (run: StackBenchRun) => Promise<Figure[]>): Measure {
  return async (run) => {
    run.report("starting a stack of its own");
    const place = await createStackPlace();
    try {
      const stack = await startRunningStack(place, { env: reportingEnvironment(place) });
      try {
        return await measure({ ...run, stack });
      } finally {
        await stack.stop();
      }
    } finally {
      await removeStackPlace(place);
    }
  };
}
