/**
 * Which execution does a purchase's work now, and how it stands: one that cannot be redriven, or whose definition has
 * changed, is followed by fresh ones under its name's next numbers.
 */
import type { ExecutionState } from "./execution.ts";
import { freshNamesOf } from "./names.ts";

/** The execution itself and what may have followed it. */
export function withFreshNames(executionName: string): string[] {
  const fresh = freshNamesOf(executionName);
  return [executionName, ...fresh.slice(fresh.indexOf(executionName) + 1)];
}

/** Any may have been redriven, whatever its number: what has done the work counts, then what is at work, then the latest. */
export function chooseStanding<Candidate extends { status: ExecutionState }>(
  candidates: Candidate[],
): Candidate | undefined {
  return (
    candidates.find(({ status }) => status === "SUCCEEDED") ??
    candidates.find(({ status }) => status === "RUNNING" || status === "PENDING_REDRIVE") ??
    candidates.at(-1)
  );
}
