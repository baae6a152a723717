/** The parts of the Amazon States Language that the shipped definition may use. Anything else is refused, not ignored. */
import { readFileSync } from "node:fs";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  BackoffRate?: number;
  MaxAttempts?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: "FULL" | "NONE";
  Comment?: string;
}

interface Catcher {
  ErrorEquals: string[];
  ResultPath?: string | null;
  Next: string;
  Comment?: string;
}

export interface State {
  Type: string;
  Comment?: string;
  Next?: string;
  End?: boolean;
  Resource?: string;
  Parameters?: JsonObject;
  ResultSelector?: JsonObject;
  ResultPath?: string | null;
  Result?: Json;
  Seconds?: number;
  TimeoutSeconds?: number;
  Retry?: Retrier[];
  Catch?: Catcher[];
  Choices?: (JsonObject & { Next: string })[];
  Default?: string;
  Error?: string;
  Cause?: string;
}

export interface Definition {
  Comment?: string;
  StartAt: string;
  States: Record<string, State>;
}

const COMMON = ["Type", "Comment"];
const KNOWN_FIELDS: Record<string, string[]> = {
  Task: "Next End Resource Parameters ResultSelector ResultPath TimeoutSeconds Retry Catch".split(" "),
  Choice: ["Choices", "Default"],
  Pass: ["Next", "End", "Parameters", "Result", "ResultPath"],
  Wait: ["Next", "End", "Seconds"],
  Succeed: [],
  Fail: ["Error", "Cause"],
};

/** @throws Error that names what the interpreter would have to learn */
function parseDefinition(text: string): Definition {
  const definition = JSON.parse(text) as Definition;
  for (const [name, state] of Object.entries(definition.States)) {
    const known = KNOWN_FIELDS[state.Type];
    if (!known) throw new Error(`State ${name}: the interpreter does not know Type ${state.Type}.`);
    const unknown = Object.keys(state).find((field) => ![...COMMON, ...known].includes(field));
    if (unknown)
      throw new Error(`State ${name}: the interpreter does not know ${unknown} of a ${state.Type}.`);
  }
  return definition;
}

/** With its placeholders, which then are the names of the functions and queues. */
export function readShippedDefinition(): Definition {
  const file = new URL("../../../workflow/enrollment.asl.json", import.meta.url);
  return parseDefinition(readFileSync(file, "utf8"));
}
