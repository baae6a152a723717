/**
 * The engine takes every backslash out of what an intrinsic function returns, which makes text of States.JsonToString
 * that is no longer JSON. So the engine is left to find the value, and the text is made of it afterwards.
 */
import type { Json } from "./engine.ts";

const MARK = "States.JsonToString";
const CALL = /^States\.JsonToString\((\$[^()]*)\)$/;

/** A reviver for a definition: `"x.$": "States.JsonToString($.y)"` becomes `"x": { MARK.$: "$.y" }`. */
export function deferJsonToString(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, part]) => {
    const path = key.endsWith(".$") && typeof part === "string" ? CALL.exec(part)?.[1] : undefined;
    return path ? [key.slice(0, -".$".length), { [`${MARK}.$`]: path }] : [key, part];
  });
  return Object.fromEntries(entries);
}

export function applyJsonToString(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(applyJsonToString);
  const entries = Object.entries(value);
  const [first] = entries;
  if (first && entries.length === 1 && first[0] === MARK) return JSON.stringify(first[1]);
  return Object.fromEntries(entries.map(([key, part]) => [key, applyJsonToString(part)]));
}
