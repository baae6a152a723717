/**
 * The state machine, taken apart into its states. One state runs at a time, so that every transition is stored before
 * the next state can have an effect, and a redrive or a restart is no more than running the current state again.
 */
import path from "node:path";
import { ROOT } from "#infra/builds/digest-sources.js";
import { lookOnce } from "#infra/builds/look-once.js";
import { DefinitionRefused } from "./definition-refused.ts";
import { StateMachine, type StateMachineDefinition } from "./engine.ts";
import { deferJsonToString } from "./json-to-string.ts";
import { type CanCall, canCallHere, refuseUnsupported } from "./supported-language.ts";

export type StateDefinition = StateMachineDefinition["States"][string];

/** A third of a start would go into that. */
const ACCEPTED = path.join(ROOT, "dist", "definitions");
const VALIDATES = ["infra/states-language"];

/** Of a queue; it makes no definition right or wrong. */
const PORT = /(?<=\/\/localhost):\d+/g;

export interface LoadedStateMachine {
  startAt: string;
  /** Seconds that an execution may take. */
  timeoutSeconds: number | undefined;
  states: Record<string, StateDefinition>;
  /** An engine that runs this state, as `CURRENT_STATE`, and stops where the state leads. */
  engines: Record<string, StateMachine>;
}

/** No state of a definition can have this name: AWS allows 80 characters. */
export const CURRENT_STATE = "current state".padEnd(81, ".");

/** The longest time that node can wait: 24 days. AWS's own default is longer still. */
const LONGEST_TIMEOUT_SECONDS = 2_147_483;

/**
 * @param canCall which resources its Tasks may have
 * @throws DefinitionRefused for a definition that is invalid or asks for what the local engine cannot do
 */
export function loadStateMachine(text: string, canCall: CanCall = canCallHere): LoadedStateMachine {
  const definition = parseDefinition(text);
  refuseUnsupported(definition, canCall);
  try {
    // The constructor validates; the engines below hold parts of what is then known to be valid.
    lookOnce(text.replaceAll(PORT, ""), {
      home: ACCEPTED,
      sources: VALIDATES,
      look: () => void new StateMachine(definition),
    });
  } catch (error) {
    throw new DefinitionRefused(`The state machine's definition is not valid: ${reason(error)}`, {
      cause: error,
    });
  }
  const { States: states } = JSON.parse(
    keepExecutionContext(text),
    deferJsonToString,
  ) as StateMachineDefinition;
  const places = placesOf(Object.keys(states));
  const engines = Object.entries(states).map(([name, state]) => [name, singleStateEngine(state, places)]);
  return {
    startAt: definition.StartAt,
    timeoutSeconds: definition.TimeoutSeconds,
    states: definition.States,
    engines: Object.fromEntries(engines) as Record<string, StateMachine>,
  };
}

/** Any state can be tested under it. */
const ALONE = "StateName";

/**
 * @param name what it is called when it is refused
 * @returns an engine that runs this state alone, and stops where it leads
 * @throws DefinitionRefused as a whole definition is refused
 */
export function loadState(state: StateDefinition, name = ALONE): StateMachine {
  const alone = { StartAt: name, States: { ...placesOf(targetsOf(state)), [name]: state } };
  const engine = loadStateMachine(JSON.stringify(alone)).engines[name];
  if (!engine) throw new DefinitionRefused(`State ${name} cannot be run.`);
  return engine;
}

/** @returns the same for a state that is known to be valid */
export function trustState(state: StateDefinition): StateMachine {
  const prepared = JSON.parse(
    keepExecutionContext(JSON.stringify(state)),
    deferJsonToString,
  ) as StateDefinition;
  return singleStateEngine(prepared, placesOf(targetsOf(state)));
}

const placesOf = (names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { Type: "Succeed" as const }]));

/** @returns each state that it may lead to, once for each rule that does */
export function targetsOf(state: StateDefinition): string[] {
  const {
    Next,
    Default,
    Choices = [],
    Catch = [],
  } = state as Partial<Record<"Next" | "Default", string>> &
    Partial<Record<"Choices" | "Catch", { Next?: string }[]>>;
  const targets = [Next, Default, ...[...Choices, ...Catch].map((rule) => rule.Next)];
  return targets.filter((target) => target !== undefined);
}

/** The engine reports the place that the state leads to by entering it, with what will be its input. */
function singleStateEngine(
  state: StateDefinition,
  places: Record<string, { Type: "Succeed" }>,
): StateMachine {
  const current = state.Type === "Task" ? { ...state, ...timeoutOf(state) } : state;
  return new StateMachine(
    { StartAt: CURRENT_STATE, States: { ...places, [CURRENT_STATE]: current } },
    { validationOptions: { noValidate: true } },
  );
}

/** The engine's default is 60 s; on AWS a Task without a timeout has all the time there is. */
function timeoutOf(state: { TimeoutSeconds?: number }) {
  return {
    TimeoutSeconds: Math.min(state.TimeoutSeconds ?? LONGEST_TIMEOUT_SECONDS, LONGEST_TIMEOUT_SECONDS),
  };
}

/** The engine overwrites these two with what the single state was given, so they are looked up under another name. */
function keepExecutionContext(text: string): string {
  return text.replaceAll(/\$\$\.Execution\.(Input|StartTime)\b/g, "$$$$.OriginalExecution.$1");
}

function parseDefinition(text: string): StateMachineDefinition {
  try {
    return JSON.parse(text) as StateMachineDefinition;
  } catch (error) {
    throw new DefinitionRefused(`The state machine's definition is not JSON: ${reason(error)}`, {
      cause: error,
    });
  }
}

const reason = (error: unknown) =>
  error instanceof Error ? error.message.replaceAll(/\s+/g, " ") : String(error);
