/** Dead letters and plans for people: what waits, what would be done about it, and what came of that. */
import { renderTable } from "#infra/command-line/table.ts";
import type { Plan, PlanItem } from "#workflow/dead-letters/plan.ts";
import type { DeadLetter } from "#workflow/dead-letters/read.ts";
import { groupByExecution } from "#workflow/dead-letters/redrive.ts";
import { describeCounts, describePlanned } from "../records/plan-words.ts";

export function describeLetters(letters: DeadLetter[]): string {
  if (letters.length === 0) return "\nThere are none.";
  const rows = letters.map(({ sentAt, error, userId, courseId, checkoutSessionId, executionName }) =>
    [sentAt, error, userId, courseId, checkoutSessionId, executionName].map((cell) => cell ?? "-"),
  );
  const head = ["Sent", "Error", "Student", "Course", "Session", "Execution"];
  return [
    `\n${renderTable(rows, { head })}`,
    `Dead letters: ${letters.length}, of executions: ${groupByExecution(letters).length}.`,
  ].join("\n");
}

export function describePlan({ planId, counts, items: count, state }: Plan, items: PlanItem[]): string {
  const special = items.filter(({ planned }) => planned !== "redrive");
  const rows = special.map((item) => [
    item.executionName ?? item.messageIds[0] ?? "-",
    describePlanned(item),
  ]);
  const redriven = count - items.filter(({ planned }) => planned === "nothing").length;
  return [
    ...(rows.length > 0 ? [renderTable(rows, { head: ["Execution", "Would"] })] : []),
    `This would redrive ${redriven} of them: ${describeCounts(counts)}; --yes does it.`,
    `It is kept as plan ${planId}${state === "made" ? "" : ` (${state})`}: exactly this is done by redrive --resume ${planId} --yes.`,
  ].join("\n");
}

/** @param planId undefined: there was nothing to plan for */
export function describeRun(planId: string | undefined, items: PlanItem[]): string {
  if (!planId) return "\nThere are none.";
  const rows = items.map(({ executionName, messageIds, error, state, told }) => [
    executionName ?? messageIds[0] ?? "-",
    error,
    told ?? state,
    state === "closed" ? `${messageIds.length} deleted` : `${messageIds.length} kept`,
  ]);
  return `\n${renderTable(rows, { head: ["Execution", "Was", "Is now", "Letters"] })}\nPlan ${planId}.`;
}
