/** Dead letters for people: what waits, and what became of it. */
import { renderTable } from "#infra/command-line/table.ts";
import type { DeadLetter } from "#workflow/dead-letters/read.ts";
import { groupByExecution, type Redriven } from "#workflow/dead-letters/redrive.ts";

/** @param isRedrive say what a redrive would do */
export function describeLetters(letters: DeadLetter[], isRedrive: boolean): string {
  if (letters.length === 0) return "\nThere are none.";
  const rows = letters.map(({ sentAt, error, userId, courseId, checkoutSessionId, executionName }) =>
    [sentAt, error, userId, courseId, checkoutSessionId, executionName].map((cell) => cell ?? "-"),
  );
  const head = ["Sent", "Error", "Student", "Course", "Session", "Execution"];
  const executions = groupByExecution(letters).length;
  return [
    `\n${renderTable(rows, { head })}`,
    `Dead letters: ${letters.length}, of executions: ${executions}.`,
    ...(isRedrive ? [`This would redrive ${executions} of them; --yes does it.`] : []),
  ].join("\n");
}

export function describeRedriven(redriven: Redriven[]): string {
  if (redriven.length === 0) return "\nThere are none.";
  const rows = redriven.map(({ executionName, letters, outcome }) => [
    executionName ?? "-",
    letters[0]?.error ?? "-",
    outcome,
    `${letters.length} ${outcome === "succeeded" ? "deleted" : "kept"}`,
  ]);
  return `\n${renderTable(rows, { head: ["Execution", "Was", "Is now", "Letters"] })}`;
}
