/** Compares an answer with the recorded one, which hides ids, times and names. */
import type { Json } from "./answer.ts";

/** What an account and an instant decide, what boto3 tells twice, and what no stand-in keeps. */
const NOT_COMPARED = [
  "HTTPHeaders",
  "Detail",
  "message",
  "NextToken",
  "LastAccessedDate",
  "LastUpdateToPayPerRequestDateTime",
  "WarmThroughput",
];
const HIDDEN = /^(?:timestamp|datetime)$|^b'/;
const HOST = /^https?:\/\/[^/]+\/\d+\//;

/** @returns the first place where they differ, or undefined */
export function findDifference(theirs: Json, ours: Json, place = "answer"): string | undefined {
  if (typeof theirs === "string") return isSame(theirs, ours) ? undefined : tell(place, theirs, ours);
  if (Array.isArray(theirs)) return findInList(theirs, ours, place);
  if (typeof theirs !== "object" || theirs === null)
    return theirs === ours ? undefined : tell(place, theirs, ours);
  if (typeof ours !== "object" || ours === null || Array.isArray(ours)) return tell(place, theirs, ours);
  const [left, right] = [fieldsOf(theirs), fieldsOf(ours)];
  const hidden = [...left.keys()].some((name) => name.startsWith("<"));
  if (hidden) return findInList([...left.values()], [...right.values()], place);
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    if (name === "ResponseMetadata" && !left.has(name)) continue;
    const [one, other] = [left.get(name), right.get(name)];
    if (one === undefined || other === undefined) return tell(`${place}.${name}`, one, other);
    const found = findDifference(one, other, `${place}.${name}`);
    if (found) return found;
  }
  return undefined;
}

/** boto3 tells some errors' text a second time, beside the error. */
const fieldsOf = (value: { [field: string]: Json }) =>
  new Map(
    Object.entries(value).filter(
      ([name]) => !NOT_COMPARED.includes(name) && !(name === "Message" && "Error" in value),
    ),
  );

function findInList(theirs: Json[], ours: Json, place: string): string | undefined {
  if (!Array.isArray(ours) || ours.length !== theirs.length) return tell(place, theirs, ours);
  const [left, right] = [sorted(theirs), sorted(ours)];
  for (const [index, one] of left.entries()) {
    const found = findDifference(one, right[index] ?? null, `${place}[${index}]`);
    if (found) return found;
  }
  return undefined;
}

/** Names of labels and queues have no order. */
const sorted = (list: Json[]) =>
  list.every((one) => typeof one === "string") ? list.toSorted((one, other) => (one < other ? -1 : 1)) : list;

function isSame(theirs: string, ours: Json | undefined): boolean {
  if (HIDDEN.test(theirs)) return ours !== undefined;
  if (typeof ours !== "string") return false;
  const parts = theirs.replace(HOST, "").split(/<[^<>]*>|111111111111/);
  const pattern = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  return new RegExp(`^${pattern}$`, "s").test(ours.replace(HOST, ""));
}

const tell = (place: string, theirs: Json | undefined, ours: Json | undefined) =>
  `${place} ${JSON.stringify(theirs)?.slice(0, 300)} | ${JSON.stringify(ours)?.slice(0, 300)}`;
