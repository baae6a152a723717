/** Runs what happens on a game day against a running stack, with its alarms on a clock that goes faster. */
import { openTablePatiently } from "#handlers/adapters/dynamodb/table.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { startAlarmWatch } from "#infra/operate/alarms/alarm-watch.ts";
import { TABLE_NAME } from "../names.ts";
import type { OwnStack } from "../own-stack.ts";
import { awsOf } from "../stack-options.ts";
import { type Drill, type Scenario, type ScenarioResult, type StepResult, TIMES_FASTER } from "./game-day.ts";
import { createHappenings } from "./happenings.ts";
import { putBack } from "./put-back.ts";
import { runDrill } from "./run-drill.ts";
import { runScenario } from "./run-scenario.ts";
import { createTools, type Tools } from "./tools.ts";
import type { WatchedAlarms } from "./watched-alarms.ts";

const SAMPLE_EVERY_MS = 100;

export interface GameDayOptions {
  stack: OwnStack;
  /** Names of scenarios; empty: all. */
  only: string[];
  patienceMs: number;
  onScenario: (breaks: string) => void;
  onStep: (result: StepResult) => void;
}

/** @throws Error when a name is not that of a scenario */
export async function runGameDay(options: GameDayOptions): Promise<ScenarioResult[]> {
  const { stack, only, patienceMs } = options;
  const aws = awsClientConfig(awsOf(stack));
  const tools = createTools(stack, openTablePatiently(TABLE_NAME, aws));
  const chosen = choose(createHappenings(tools), only);
  const { measured } = stack;
  const watch = startAlarmWatch({ measured, timesFaster: TIMES_FASTER, sampleEveryMs: SAMPLE_EVERY_MS });
  try {
    return await playEach(chosen, tools, { watch, patienceMs }, options);
  } finally {
    await watch.close();
  }
}

/** One after the other. What goes red leaves nothing broken to those after it. */
export async function playEach(
  chosen: (Scenario | Drill)[],
  tools: Tools,
  watched: WatchedAlarms,
  { onScenario, onStep }: Pick<GameDayOptions, "onScenario" | "onStep">,
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const one of chosen) {
    onScenario(one.breaks);
    const result =
      "breakIt" in one
        ? await runDrill(one, watched, onStep)
        : await runScenario(one, tools, watched, onStep);
    results.push(result);
    if (result.missing) await putBack(one, tools);
  }
  return results;
}

function choose(all: (Scenario | Drill)[], only: string[]): (Scenario | Drill)[] {
  const unknown = only.filter((name) => !all.some((one) => one.name === name));
  if (unknown.length > 0)
    throw new Error(
      `There is no scenario ${unknown.join(", ")}; there are ${all.map(({ name }) => name).join(", ")}.`,
    );
  return all.filter(({ name }) => only.length === 0 || only.includes(name));
}
