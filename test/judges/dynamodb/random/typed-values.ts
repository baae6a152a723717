/** DynamoDB's typed values: `{ "S": "text" }` for a text. */
import type { Item, Operation } from "./operation.ts";

type Typed = Record<string, unknown>;

/** A set is given as a Set of texts or numbers. */
function toTyped(value: unknown): Typed {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null || value === undefined) return { NULL: true };
  if (value instanceof Set) {
    const members = [...value] as (string | number)[];
    return typeof members[0] === "number" ? { NS: members.map(String) } : { SS: members };
  }
  if (Array.isArray(value)) return { L: value.map(toTyped) };
  return { M: toTypedItem(value as Item) };
}

const toTypedItem = (item: Item): Typed =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toTyped(value)]));

const OF_ITEMS = ["Item", "Key", "ExpressionAttributeValues", "ExclusiveStartKey"];

export function toTypedOperation({ operation, input }: Operation): Operation {
  const typed = Object.entries(input).map(([name, value]) => [
    name,
    OF_ITEMS.includes(name) ? toTypedItem(value as Item) : value,
  ]);
  return { operation, input: Object.fromEntries(typed) as Operation["input"] };
}

function fromTyped(typed: Typed): unknown {
  const [type, value] = Object.entries(typed)[0] ?? [];
  if (type === "N") return Number(value);
  if (type === "NULL") return null;
  if (type === "L") return (value as Typed[]).map(fromTyped);
  if (type === "M") return fromTypedItem(value as Record<string, Typed>);
  if (type === "SS") return { set: (value as string[]).toSorted() };
  if (type === "NS") return { set: (value as string[]).map(Number).toSorted((one, other) => one - other) };
  return value;
}

export const fromTypedItem = (item: Record<string, Typed>): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, fromTyped(value)]));
