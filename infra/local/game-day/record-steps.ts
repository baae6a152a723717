/** What happened of a scenario, step by step, and the first step that did not. */
import type { ScenarioResult, StepName, StepResult } from "./game-day.ts";

type Happen = (step: StepName, work: () => Promise<string>) => Promise<void>;

/**
 * @param first what is missing if it does not even begin
 * @param play given what records a step, and what starts the clock and tells when that was (milliseconds since 1970)
 */
export async function recordSteps(
  of: Pick<ScenarioResult, "name" | "breaks">,
  first: StepName,
  report: (result: StepResult) => void,
  play: (happen: Happen, start: () => number) => Promise<void>,
): Promise<ScenarioResult> {
  const steps: StepResult[] = [];
  let startedAt = Date.now();
  let current = first;

  async function happen(step: StepName, work: () => Promise<string>): Promise<void> {
    current = step;
    const detail = await work();
    const result = { step, atMs: Date.now() - startedAt, detail };
    steps.push(result);
    report(result);
  }

  function start(): number {
    startedAt = Date.now();
    return startedAt;
  }

  try {
    await play(happen, start);
    return { ...of, steps };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "something that is not an Error was thrown";
    return { ...of, steps, missing: { step: current, reason } };
  }
}
