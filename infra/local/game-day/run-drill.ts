/** One drill: it happens, the alarms go off, and an operator does what is to be done. */
import type { Drill, ScenarioResult, StepResult } from "./game-day.ts";
import { recordSteps } from "./record-steps.ts";
import { type WatchedAlarms, waitForAlarms, waitUntilQuiet } from "./watched-alarms.ts";

/** @param report told of each step as it happens */
export async function runDrill(
  { name, breaks, alarms, prepare, breakIt, mendIt }: Drill,
  watched: WatchedAlarms,
  report: (result: StepResult) => void,
): Promise<ScenarioResult> {
  return recordSteps({ name, breaks }, "alarm", report, async (happen, start) => {
    await prepare?.();
    await waitUntilQuiet(alarms, watched);
    const since = start();
    await breakIt();
    await happen("alarm", () => waitForAlarms(alarms, since, watched));
    await happen("mended", async () => {
      const detail = await mendIt();
      return typeof detail === "string" ? detail : "";
    });
  });
}
