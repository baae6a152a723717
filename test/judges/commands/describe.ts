/** What the command prints for people. */
import { renderTable } from "#infra/command-line/table.ts";
import type { Judgement } from "../judges.ts";
import type { PlantedResult } from "../planted/plant-faults.ts";

export interface Skipped {
  judge: string;
  missing: string;
}

export function describeJudgements(judgements: Judgement[], skipped: Skipped[]): string {
  const rows = judgements.map(({ judge, equal, refused, masked, explained, unexplained }) =>
    [judge, equal, explained.length, unexplained.length, refused, masked].map(String),
  );
  const head = ["judge", "equal", "explained", "unexplained", "refused at load", "hidden"];
  const differences = judgements.flatMap(({ judge, unexplained }) =>
    unexplained.map(
      ({ what, theirs, ours }) => `\n${judge}: ${what}\n  theirs: ${theirs}\n  ours:   ${ours}`,
    ),
  );
  const table = rows.length > 0 ? [renderTable(rows, { head })] : [];
  return [...table, ...differences, ...describeSkipped(skipped)].join("\n");
}

export function describePlanted(results: PlantedResult[], skipped: Skipped[]): string {
  const rows = results.map(({ judge, fault, caughtBy }) => [
    judge,
    fault,
    caughtBy === undefined ? "NOT CAUGHT" : "caught",
  ]);
  const caught = results.filter(({ caughtBy }) => caughtBy !== undefined).length;
  const sum = `${caught} of ${results.length} planted faults were caught.`;
  return [renderTable(rows, { head: ["judge", "fault", ""] }), sum, ...describeSkipped(skipped)].join("\n");
}

const describeSkipped = (skipped: Skipped[]) =>
  skipped.map(({ judge, missing }) => `Skipped: ${judge}. This machine lacks ${missing}.`);
