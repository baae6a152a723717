/** What an update would set an attribute to, as dynalite will compute it. */
import type { AttributeValue, Item } from "dynalite/db/index.js";

/** An attribute's path, a value, or a function, as dynalite has parsed it. */
type Operand = string[] | AttributeValue | { type: "function"; name: string; args: Operand[] };

export interface Update {
  _updates?: { sections: { type: string; path: (string | number)[]; val?: Operand }[] };
  /** Of the older kind of request. */
  AttributeUpdates?: Record<string, { Value?: AttributeValue }>;
}

/** @returns undefined when the attribute keeps its value, is removed, or is computed from numbers or lists */
export function updatedValue(
  { _updates, AttributeUpdates = {} }: Update,
  attribute: string,
  item: Item,
): AttributeValue | undefined {
  const section = _updates?.sections.find(
    ({ type, path }) => type === "set" && path.length === 1 && path[0] === attribute,
  );
  return section?.val ? resolve(section.val, item) : AttributeUpdates[attribute]?.Value;
}

function resolve(operand: Operand, item: Item): AttributeValue | undefined {
  if (Array.isArray(operand)) return operand.length === 1 ? item[operand[0] ?? ""] : undefined;
  if (!("type" in operand)) return operand;
  const { name, args } = operand as { name?: string; args: Operand[] };
  if (name !== "if_not_exists") return undefined;
  const [existing, otherwise] = args;
  return (existing && resolve(existing, item)) ?? (otherwise && resolve(otherwise, item));
}
