/** An item as it was at an earlier moment, as far as it says itself when what came to be. */
import type { Item } from "#handlers/adapters/dynamodb/table-expressions.ts";

/** By when it was made: a student, an enrollment, a purchase, the note of an erasure. */
const MADE_AT = ["createdAt", "enrolledAt", "openedAt", "at"];
/** What is added to an item later: an instant, or something that has one as its `at`. */
const ADDED = [
  "closedAt",
  "completedAt",
  "decision",
  "disputed",
  "doublePaymentSeenAt",
  "followedUpAt",
  "refunded",
  "settledSeenAt",
];
/** Without the first it was not there; the second came with it. */
const TOGETHER: [string, string][] = [["settledSeenAt", "settlement"]];

/** @returns undefined when it was made later */
export function asOf(item: Item | undefined, at: Date): Item | undefined {
  if (!item) return undefined;
  // What came in the same millisecond came of what was asked then.
  const isLater = (value: unknown) => instantOf(value) >= at.getTime();
  if (MADE_AT.some((field) => isLater(item[field]))) return undefined;
  const gone = ADDED.filter((field) => isLater(item[field]));
  const goneToo = TOGETHER.flatMap(([field, other]) => (gone.includes(field) ? [other] : []));
  const left = Object.entries(item).filter(([field]) => ![...gone, ...goneToo].includes(field));
  return Object.fromEntries(left);
}

/** @returns not a number where there is none */
function instantOf(value: unknown): number {
  const text = typeof value === "object" && value !== null && "at" in value ? value.at : value;
  return typeof text === "string" ? Date.parse(text) : Number.NaN;
}
