/** Reads and writes by JSONPath, as far as a definition of ids and amounts needs it: `$`, `$.a.b`, `$$.a.b`. */
import type { Json, JsonObject } from "./definition.ts";

/** What `$` and `$$` stand for. */
export interface Data {
  input: Json;
  context: JsonObject;
}

export class PathNotFound extends Error {
  override name = "States.ParameterPathFailure";
}

const STEPS = /^\$\$?((?:\.[A-Za-z_]\w*)*)$/;
const JSON_TO_STRING = /^States\.JsonToString\((.+)\)$/;

/** @returns undefined when there is nothing at that place */
export function findPath(path: string, { input, context }: Data): Json | undefined {
  const steps = STEPS.exec(path)?.[1];
  if (steps === undefined) throw new Error(`The interpreter does not know the path ${path}.`);
  let value: Json | undefined = path.startsWith("$$") ? context : input;
  for (const step of steps.split(".").slice(1)) {
    value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/** @throws PathNotFound */
export function readPath(path: string, data: Data): Json {
  const value = findPath(path, data);
  if (value === undefined) throw new PathNotFound(`Nothing is at ${path}.`);
  return value;
}

/** Parameters and ResultSelector: a key that ends in `.$` names where its value comes from. */
export function fillTemplate(template: Json, data: Data): Json {
  if (Array.isArray(template)) return template.map((part) => fillTemplate(part, data));
  if (!isObject(template)) return template;
  const entries = Object.entries(template).map(([key, part]): [string, Json] =>
    key.endsWith(".$") ? [key.slice(0, -2), evaluate(part as string, data)] : [key, fillTemplate(part, data)],
  );
  return Object.fromEntries(entries);
}

function evaluate(expression: string, data: Data): Json {
  const inner = JSON_TO_STRING.exec(expression)?.[1];
  return inner ? JSON.stringify(readPath(inner, data)) : readPath(expression, data);
}

/** ResultPath: null leaves the input as it was, `$` is the result, `$.a` is the input with the result put there. */
export function placeResult(input: Json, path: string | null | undefined, result: Json): Json {
  if (path === null) return input;
  if (path === undefined || path === "$") return result;
  const steps = STEPS.exec(path)?.[1]?.split(".").slice(1);
  if (!steps || path.startsWith("$$"))
    throw new Error(`The interpreter does not know the ResultPath ${path}.`);
  return placeAt(input, steps, result);
}

function placeAt(target: Json | undefined, [step, ...rest]: string[], result: Json): Json {
  if (step === undefined) return result;
  // As on AWS: into what is there and is no object nothing can be put, and no catcher helps.
  if (target !== undefined && !isObject(target)) throw new PathNotFound(`Nothing can be put at ${step}.`);
  const base = target ?? {};
  return { ...base, [step]: placeAt(base[step], rest, result) };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
