/** Compares JSON texts by what they say, whatever the order of their keys. */
import { isDeepStrictEqual } from "node:util";

export const isSameJson = (one: string, other: string): boolean =>
  one === other || isDeepStrictEqual(parse(one), parse(other));

/** @returns where two texts first differ, e.g. `$.deadLetter.error`; undefined when they say the same */
export function findDifferingPlace(one: string, other: string): string | undefined {
  return one === other ? undefined : placeOf(parse(one), parse(other), "$");
}

function placeOf(one: unknown, other: unknown, place: string): string | undefined {
  if (isDeepStrictEqual(one, other)) return undefined;
  if (!isRecord(one) || !isRecord(other)) return place;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const key = keys.find((name) => !isDeepStrictEqual(one[name], other[name]));
  return key === undefined ? place : placeOf(one[key], other[key], `${place}.${key}`);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
