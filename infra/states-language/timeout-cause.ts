/** On AWS the Cause of a timeout is empty; the engine repeats its name there. */
import type { Json } from "./engine.ts";

/** @param resultPath where the catcher has put the error: a reference path such as `$.error`, or all of the output */
export function withoutTimeoutCause(output: Json, resultPath: string | null | undefined): Json {
  if (resultPath === null) return output;
  const copy = structuredClone(output);
  const fields = (resultPath ?? "$").split(".").slice(1);
  const error = fields.reduce<Json | undefined>((place, field) => fieldOf(place, field), copy);
  if (isObject(error) && error["Error"] === "States.Timeout") error["Cause"] = "";
  return copy;
}

const isObject = (value: Json | undefined): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const fieldOf = (place: Json | undefined, field: string) => (isObject(place) ? place[field] : undefined);
