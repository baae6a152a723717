/** Runs one state, with its retries and catchers, and tells where it leads. */
import { CURRENT_STATE } from "./definition.ts";
import type { Json, StateMachine } from "./engine.ts";
import type { Failure } from "./history-events.ts";
import { applyJsonToString } from "./json-to-string.ts";
import type { TaskAttempts } from "./task-attempts.ts";
import { withoutTimeoutCause } from "./timeout-cause.ts";

export type StateOutcome =
  | { kind: "next"; state: string; output: Json }
  | { kind: "succeeded"; output: Json }
  | ({ kind: "failed" } & Failure)
  | { kind: "aborted" };

interface StateRun {
  engine: StateMachine;
  input: Json;
  /** The context object, `$$`. */
  context: Record<string, unknown>;
  /** Undefined for a state that is not a Task. */
  attempts: TaskAttempts | undefined;
  signal: AbortSignal;
  /** True: neither retries nor Wait states take time. */
  skipsPauses?: boolean | undefined;
}

const WITHOUT_PAUSES = {
  waitTimeOverrides: { [CURRENT_STATE]: 0 },
  retryIntervalOverrides: { [CURRENT_STATE]: 0 },
};

/** The engine's event log tells all there is to know, so its promise is not looked at. */
export async function runState({
  engine,
  input,
  context,
  attempts,
  signal,
  skipsPauses,
}: StateRun): Promise<StateOutcome> {
  if (signal.aborted) return { kind: "aborted" };
  const perform = (parameters: Json) => attempts?.perform(applyJsonToString(parameters)) ?? null;
  const taskResourceLocalHandlers = { [CURRENT_STATE]: perform };
  const overrides = { taskResourceLocalHandlers, ...(skipsPauses && WITHOUT_PAUSES) };
  const run = engine.run(input, { context, overrides });
  run.result.catch(() => undefined);
  signal.addEventListener("abort", run.abort, { once: true });
  let next: StateOutcome | undefined;
  let afterwards = (output: Json) => output;
  try {
    for await (const event of run.eventLogs) {
      if (event.type === "StateEntered" && event.state.name !== CURRENT_STATE) {
        next = {
          kind: "next",
          state: event.state.name,
          output: afterwards(applyJsonToString(event.state.input)),
        };
      } else if (event.type === "StateCaught") {
        const { ResultPath } = event.catch.catcher;
        afterwards = (output) => withoutTimeoutCause(output, ResultPath);
      } else if (event.type === "StateFailed" && event.Error === "States.Timeout") {
        await attempts?.timeOut();
      } else if (event.type === "ExecutionSucceeded") {
        return next ?? { kind: "succeeded", output: applyJsonToString(event.output) };
      } else if (event.type === "ExecutionFailed") {
        return { kind: "failed", error: event.Error, cause: String(event.Cause) };
      }
    }
    return { kind: "aborted" };
  } finally {
    signal.removeEventListener("abort", run.abort);
  }
}
