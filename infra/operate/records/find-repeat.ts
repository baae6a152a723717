/** What is different when an execution has failed again, whether it was redriven or took another one's place. */
import type { ExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import { executionBefore } from "#handlers/adapters/step-functions/names.ts";
import { attemptsOf, describeRepeat } from "./attempts.ts";
import type { ExecutionEvent } from "./shapes.ts";

/**
 * @param known its history, where it was read already
 * @returns a sentence; undefined of one that has failed once, or has not failed
 */
export async function findRepeat(
  executionName: string,
  { findHistory }: Pick<ExecutionLookup, "findHistory">,
  known?: ExecutionEvent[],
): Promise<string | undefined> {
  const before = executionBefore(executionName);
  const histories = await Promise.all([
    before ? findHistory(before) : undefined,
    known ? { events: known } : findHistory(executionName),
  ]);
  return describeRepeat(...histories.map((history) => attemptsOf(history?.events ?? [])));
}
