/** The expressions of DynamoDB that the shipped adapters use. One that is not known here fails the run, loudly. */

import { ModelGap } from "./model-gap.ts";

export type Item = Record<string, unknown>;
export interface Names {
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

/** @param item undefined when there is none */
export function conditionHolds(
  expression: string | undefined,
  item: Item | undefined,
  names: Names,
): boolean {
  if (!expression) return true;
  return expression
    .replaceAll(/(\w+) BETWEEN (:\w+) AND (:\w+)/g, "$1 >= $2 AND $1 <= $3")
    .split(/\s+OR\s+/i)
    .some((part) => part.split(/\s+AND\s+/i).every((term) => termHolds(term.trim(), item, names)));
}

const FUNCTION =
  /^(attribute_exists|attribute_not_exists|begins_with)\s*\(\s*([#\w]+)\s*(?:,\s*(:\w+)\s*)?\)$/;
const COMPARISON = /^([#\w]+)\s*(=|<>|<=|>=|<|>)\s*(:\w+)$/;

function termHolds(term: string, item: Item | undefined, names: Names): boolean {
  const call = FUNCTION.exec(term);
  if (call) {
    const value = item?.[nameOf(call[2], names)];
    if (call[1] === "attribute_exists") return value !== undefined;
    if (call[1] === "attribute_not_exists") return value === undefined;
    return typeof value === "string" && value.startsWith(String(valueOf(call[3], names)));
  }
  const comparison = COMPARISON.exec(term);
  if (!comparison) throw new ModelGap(`The table's model does not know the condition "${term}".`);
  const value = item?.[nameOf(comparison[1], names)];
  const wanted = valueOf(comparison[3], names);
  return compare(value, comparison[2] ?? "", wanted);
}

function compare(value: unknown, operator: string, wanted: unknown): boolean {
  // As DynamoDB has it: an attribute that is not there differs from everything and is neither smaller nor larger.
  if (operator === "<>") return value !== wanted;
  if (operator === "=") return value === wanted;
  if (typeof value !== typeof wanted) return false;
  const [left, right] = [value as string, wanted as string];
  if (operator === "<") return left < right;
  if (operator === ">") return left > right;
  return operator === "<=" ? left <= right : left >= right;
}

export function applyUpdate(expression: string, item: Item, names: Names): Item {
  const updated = { ...item };
  const sections = expression.trim().split(/\b(?=(?:SET|REMOVE|ADD)\b)/);
  for (const section of sections) {
    const [, verb, list = ""] = /^(SET|REMOVE|ADD)\s+([\s\S]+)$/.exec(section.trim()) ?? [];
    if (!verb) throw new ModelGap(`The table's model does not know the update "${section}".`);
    for (const part of list.split(/,(?![^(]*\))/)) {
      if (verb === "REMOVE") delete updated[nameOf(part.trim(), names)];
      else if (verb === "ADD") add(part.trim(), updated, names);
      else assign(part.trim(), updated, names);
    }
  }
  return updated;
}

function add(part: string, item: Item, names: Names): void {
  const [name, value] = part.split(/\s+/);
  const target = nameOf(name, names);
  item[target] = Number(item[target] ?? 0) + Number(valueOf(value, names));
}

const ASSIGNMENT = /^([#\w]+)\s*=\s*(?:(:\w+)|if_not_exists\(\s*([#\w]+)\s*,\s*(:\w+)\s*\))$/;

function assign(part: string, item: Item, names: Names): void {
  const [, target, value, existing, fallback] = ASSIGNMENT.exec(part) ?? [];
  if (!target) throw new ModelGap(`The table's model does not know the assignment "${part}".`);
  item[nameOf(target, names)] = value
    ? valueOf(value, names)
    : (item[nameOf(existing, names)] ?? valueOf(fallback, names));
}

function nameOf(name = "", { ExpressionAttributeNames = {} }: Names): string {
  return ExpressionAttributeNames[name] ?? name;
}

function valueOf(name = "", { ExpressionAttributeValues = {} }: Names): unknown {
  if (!(name in ExpressionAttributeValues)) throw new ModelGap(`The expression value ${name} is not given.`);
  return ExpressionAttributeValues[name];
}
