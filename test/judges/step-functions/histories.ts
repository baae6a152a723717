/** Whole executions, event by event: the local Step Functions beside what the real one recorded. */
import { mapConcurrently } from "#workflow/map-concurrently.ts";
import { emptyVerdict, type Verdict } from "../verdict.ts";
import { compareHistories } from "./compare-histories.ts";
import { readHistories } from "./recorded-histories.ts";
import { replay } from "./replay.ts";

export async function judgeHistories(): Promise<Verdict> {
  const verdict = emptyVerdict("histories");
  await mapConcurrently(readHistories(), async (history) => {
    const { what, events, definition } = history;
    const ours = definition && (await replay(definition, events));
    if (ours) compareHistories(what, { theirs: events, ours }, verdict);
    else if (definition) verdict.refused += 1;
    else verdict.masked += 1;
  });
  verdict.differences.sort((one, other) => one.what.localeCompare(other.what));
  return verdict;
}
