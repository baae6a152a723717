/** Two answers of an operation, field by field; or two errors, by their name and words. */
import type { Verdict } from "../verdict.ts";
import { isSame, sorted } from "./compare-histories.ts";

/** By the name that the recording gives to each. */
export type Answers = Record<string, unknown>;

/** @returns what an SDK throws as the recordings have it */
export const asRecorded = (error: unknown) => {
  const { name, message } = error as Error;
  return { Error: { Code: name, Message: message } };
};

export function compareAnswers(what: string, theirs: unknown, ours: unknown, verdict: Verdict): void {
  const [expected, found] = [describe(unwrap(theirs)), describe(ours)];
  if (isSame(expected, found)) verdict.equal += 1;
  else verdict.differences.push({ what, theirs: expected, ours: found });
}

/** Some errors were recorded as Python prints them. */
function unwrap(theirs: unknown): unknown {
  const text = typeof theirs === "string" ? theirs : (theirs as { exception_value?: string }).exception_value;
  const [, Code, Message] =
    /^An error occurred \((\w+)\) when calling the \w+ operation: (.*)$/s.exec(text ?? "") ?? [];
  if (Code) return { Error: { Code, Message } };
  return typeof theirs === "object" && theirs && "Error" in theirs ? { Error: theirs.Error } : theirs;
}

/** The recordings hide account, region and names, the names of what is not there, and every instant. */
const describe = (answer: unknown): string =>
  JSON.stringify(sorted(hideInstants(answer)))
    .replaceAll(/arn:(?:aws|<partition>):states:[^:]*:\d*:/g, "arn:")
    .replaceAll(/'\w+_nonexistent_arn'|'invalid_execution_arn'/g, "'<arn>'");

function hideInstants(value: unknown): unknown {
  if (value instanceof Date) return "<instant>";
  if (Array.isArray(value)) return value.map(hideInstants);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, content]) => {
      if (field === "$metadata" || field === "ResponseMetadata") return [];
      const isInstant = ["datetime", "timestamp"].includes(content as string);
      return [[field, isInstant ? "<instant>" : hideInstants(content)]];
    }),
  );
}
