/** Refuses, before anything runs, what the local engine would silently ignore or could not resume. */
import { DefinitionRefused } from "./definition-refused.ts";
import type { StateMachineDefinition } from "./engine.ts";

export const LAMBDA_INVOKE = "arn:aws:states:::lambda:invoke";
export const SQS_SEND_MESSAGE = "arn:aws:states:::sqs:sendMessage";

const STATE_TYPES = ["Task", "Choice", "Pass", "Wait", "Succeed", "Fail"];
const RESOURCES = [LAMBDA_INVOKE, SQS_SEND_MESSAGE];
const IGNORED_FIELDS = [
  "Assign",
  "HeartbeatSeconds",
  "HeartbeatSecondsPath",
  "TimeoutSecondsPath",
  "Arguments",
  "Output",
  "Credentials",
];

/** The engine takes it for the test itself, and so chooses wrongly. */
const NEGATED_TEST = /"Is(?:Boolean|Null|Numeric|String|Timestamp)":false/;

/** The engine keeps some of it under names of its own. */
const WHOLE_CONTEXT = /"\$\$(?:\.Execution)?"/;

/** `$.` is a state's input and `$$.` the context; what begins with a name is a variable. */
const VARIABLE = /(?:^|[(,\s])(\$[A-Za-z_]\w*)/;

/** A text within an intrinsic function. */
const QUOTED = /'(?:\\.|[^'\\])*'/g;

/** What a Task calls. */
export type CanCall = (resource: string) => boolean;
export const canCallHere: CanCall = (resource) => RESOURCES.includes(resource);

/** @throws DefinitionRefused that names the state and what to take out of it */
export function refuseUnsupported(definition: StateMachineDefinition, canCall: CanCall): void {
  if (typeof definition !== "object" || definition === null) {
    throw new DefinitionRefused("The state machine's definition is not valid: it is no object.");
  }
  if ("QueryLanguage" in definition && definition.QueryLanguage !== "JSONPath") {
    throw refusal("The state machine", "another QueryLanguage than JSONPath");
  }
  for (const [name, state] of Object.entries(definition.States ?? {})) {
    const fault = unsupportedPart({ ...state }, canCall);
    if (fault) throw refusal(`State ${name}`, fault);
  }
}

function unsupportedPart(state: Record<string, unknown>, canCall: CanCall): string | undefined {
  const { Type, Resource } = state;
  if ("QueryLanguage" in state && state["QueryLanguage"] !== "JSONPath")
    return "another QueryLanguage than JSONPath";
  if (!STATE_TYPES.includes(String(Type))) return `Type ${String(Type)}`;
  if (Type === "Task" && !canCall(String(Resource))) return `Resource ${String(Resource)}`;
  const text = JSON.stringify(state);
  if (text.includes("$$.Task.Token")) return "a task token";
  if (text.includes("$$.State.RetryCount")) return "$$.State.RetryCount";
  if (WHOLE_CONTEXT.test(text)) return "the context object as a whole";
  const [negated] = NEGATED_TEST.exec(text) ?? [];
  if (negated) return `${negated} (say Not instead)`;
  const computed = ["ErrorPath", "CausePath"].find((field) => String(state[field]).startsWith("States."));
  if (computed) return `an intrinsic function in ${computed}`;
  const variable = findVariable(state);
  if (variable) return `the variable ${variable}`;
  return IGNORED_FIELDS.find((field) => field in state) ?? (assignsOnTheWay(state) ? "Assign" : undefined);
}

/** The one that a path or an intrinsic function names; a text that is none of these may say what it likes. */
function findVariable(value: unknown, key = ""): string | undefined {
  if (typeof value === "string")
    return /\.\$$|Path$|^Variable$/.test(key)
      ? VARIABLE.exec(value.replaceAll(QUOTED, "''"))?.[1]
      : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = findVariable(inner, name);
    if (found) return found;
  }
  return undefined;
}

/** In a rule of a Choice, or where an error is caught. */
const assignsOnTheWay = ({ Choices = [], Catch = [] }: { Choices?: object[]; Catch?: object[] }) =>
  [...Choices, ...Catch].some((rule) => "Assign" in rule);

const refusal = (place: string, part: string) =>
  new DefinitionRefused(`${place} uses ${part}, which the local Step Functions does not have: take it out.`);
