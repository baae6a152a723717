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

/** What a Task calls. */
export type CanCall = (resource: string) => boolean;
export const canCallHere: CanCall = (resource) => RESOURCES.includes(resource);

/** @throws DefinitionRefused that names the state and what to take out of it */
export function refuseUnsupported(definition: StateMachineDefinition, canCall: CanCall): void {
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
  return IGNORED_FIELDS.find((field) => field in state);
}

const refusal = (place: string, part: string) =>
  new DefinitionRefused(`${place} uses ${part}, which the local Step Functions does not have: take it out.`);
