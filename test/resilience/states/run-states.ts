/**
 * Interprets the Amazon States Language one state at a time, in whatever time its hooks keep. The npm engine that the
 * local deployment uses lives in real time, in which ten thousand purchases would take days; a test holds the two equal.
 */
import { ruleMatches } from "./choice-rules.ts";
import { type Data, fillTemplate, PathNotFound, placeResult } from "./data-paths.ts";
import type { Definition, Json, JsonObject, Retrier, State } from "./definition.ts";

/** The name is what Retry and Catch match; the message is the Cause. */
export class TaskFailure extends Error {
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

interface StatesHooks {
  /** Called before a state begins; what it stores is where a redrive goes on. */
  enter(name: string, input: Json): void;
  context(): JsonObject;
  /** @throws TaskFailure */
  perform(resource: string, parameters: Json, timeoutSeconds: number | undefined): Promise<Json>;
  pause(seconds: number): Promise<void>;
  /** From 0 up to 1: how much of a retrier's delay the jitter leaves. */
  jitter(): number;
}

export type StatesEnd =
  | { status: "SUCCEEDED"; output: Json }
  | { status: "FAILED"; error: string; cause: string };

type Step = { next: string; output: Json } | { end: StatesEnd };

/** @param from the state to begin with: the definition's first, or the one that an execution had failed in */
export async function runStates(
  { States }: Definition,
  from: { name: string; input: Json },
  hooks: StatesHooks,
): Promise<StatesEnd> {
  let { name, input } = from;
  for (;;) {
    hooks.enter(name, input);
    const state = States[name];
    if (!state) return failed("States.Runtime", `There is no state ${name}.`);
    const step = await runState(state, input, hooks);
    if ("end" in step) return step.end;
    ({ next: name, output: input } = step);
  }
}

async function runState(state: State, input: Json, hooks: StatesHooks): Promise<Step> {
  try {
    switch (state.Type) {
      case "Task":
        return await runTask(state, input, hooks);
      case "Choice":
        return choose(state, { input, context: hooks.context() });
      case "Wait":
        await hooks.pause(state.Seconds ?? 0);
        return follow(state, input);
      case "Pass": {
        const data = { input, context: hooks.context() };
        const result = state.Result ?? (state.Parameters ? fillTemplate(state.Parameters, data) : input);
        return follow(state, placeResult(input, state.ResultPath, result));
      }
      case "Fail":
        return { end: failed(state.Error ?? "", state.Cause ?? "") };
      default:
        return { end: { status: "SUCCEEDED", output: input } };
    }
  } catch (error) {
    if (!(error instanceof PathNotFound)) throw error;
    return { end: failed("States.Runtime", error.message) };
  }
}

function choose({ Choices = [], Default }: State, data: Data): Step {
  const next = Choices.find((rule) => ruleMatches(rule, data))?.Next ?? Default;
  return next ? { next, output: data.input } : { end: failed("States.NoChoiceMatched", "No rule matched.") };
}

async function runTask(state: State, input: Json, hooks: StatesHooks): Promise<Step> {
  const attempts = new Map<Retrier, number>();
  for (;;) {
    try {
      const context = hooks.context();
      const parameters = state.Parameters ? fillTemplate(state.Parameters, { input, context }) : input;
      const raw = await hooks.perform(state.Resource ?? "", parameters, state.TimeoutSeconds);
      const result = state.ResultSelector ? fillTemplate(state.ResultSelector, { input: raw, context }) : raw;
      return follow(state, placeResult(input, state.ResultPath, result));
    } catch (error) {
      if (!(error instanceof TaskFailure)) throw error;
      const retrier = state.Retry?.find(({ ErrorEquals }) => matches(ErrorEquals, error.name));
      const made = (retrier && attempts.get(retrier)) ?? 0;
      if (!retrier || made >= (retrier.MaxAttempts ?? 3)) return giveUp(state, input, error);
      attempts.set(retrier, made + 1);
      await hooks.pause(
        delayBefore(retrier, made) * (retrier.JitterStrategy === "FULL" ? hooks.jitter() : 1),
      );
    }
  }
}

/** Seconds, before jitter. */
function delayBefore(
  { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity }: Retrier,
  made: number,
) {
  return Math.min(IntervalSeconds * BackoffRate ** made, MaxDelaySeconds);
}

function giveUp(state: State, input: Json, { name, message }: TaskFailure): Step {
  const catcher = state.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, name));
  if (!catcher) return { end: failed(name, message) };
  const output = placeResult(input, catcher.ResultPath, { Error: name, Cause: message });
  return { next: catcher.Next, output };
}

const UNCATCHABLE = ["States.Runtime"];

function matches(errorEquals: string[], name: string): boolean {
  if (errorEquals.includes(name)) return true;
  if (errorEquals.includes("States.ALL")) return !UNCATCHABLE.includes(name);
  return (
    errorEquals.includes("States.TaskFailed") && name !== "States.Timeout" && !UNCATCHABLE.includes(name)
  );
}

function follow(state: State, output: Json): Step {
  return state.Next ? { next: state.Next, output } : { end: { status: "SUCCEEDED", output } };
}

const failed = (error: string, cause: string): StatesEnd => ({ status: "FAILED", error, cause });
