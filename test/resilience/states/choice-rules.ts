/** The rules of a Choice state. */
import { type Data, findPath, readPath } from "./data-paths.ts";
import type { Json, JsonObject } from "./definition.ts";

type Comparison = (value: Json, wanted: Json) => boolean;

const ofType =
  <T extends Json>(
    type: "string" | "number" | "boolean",
    compare: (value: T, wanted: T) => boolean,
  ): Comparison =>
  (value, wanted) =>
    typeof value === type && typeof wanted === type && compare(value as T, wanted as T);

const COMPARISONS: Record<string, Comparison> = {
  StringEquals: ofType<string>("string", (value, wanted) => value === wanted),
  NumericEquals: ofType<number>("number", (value, wanted) => value === wanted),
  NumericGreaterThan: ofType<number>("number", (value, wanted) => value > wanted),
  NumericGreaterThanEquals: ofType<number>("number", (value, wanted) => value >= wanted),
  NumericLessThan: ofType<number>("number", (value, wanted) => value < wanted),
  NumericLessThanEquals: ofType<number>("number", (value, wanted) => value <= wanted),
  BooleanEquals: ofType<boolean>("boolean", (value, wanted) => value === wanted),
  IsNull: (value, wanted) => (value === null) === wanted,
};

/** @throws PathNotFound, which fails the execution, as a rule about something that is not there does */
export function ruleMatches(rule: JsonObject, data: Data): boolean {
  if (rule["And"]) return rulesOf(rule["And"]).every((part) => ruleMatches(part, data));
  if (rule["Or"]) return rulesOf(rule["Or"]).some((part) => ruleMatches(part, data));
  if (rule["Not"]) return !ruleMatches(rule["Not"] as JsonObject, data);
  const variable = rule["Variable"] as string;
  if ("IsPresent" in rule) return (findPath(variable, data) !== undefined) === rule["IsPresent"];
  const [operator, operand] = operatorOf(rule);
  const byPath = operator.endsWith("Path");
  const compare = COMPARISONS[byPath ? operator.slice(0, -"Path".length) : operator];
  if (!compare) throw new Error(`The interpreter does not know the comparison ${operator}.`);
  return compare(readPath(variable, data), byPath ? readPath(operand as string, data) : operand);
}

const rulesOf = (value: Json) => value as JsonObject[];

function operatorOf(rule: JsonObject): [string, Json] {
  const entry = Object.entries(rule).find(([field]) => !["Variable", "Next", "Comment"].includes(field));
  if (!entry) throw new Error("A rule of a Choice compares nothing.");
  return entry;
}
