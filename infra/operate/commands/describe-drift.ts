/** What a reconciliation found, for people. */
import { renderTable } from "#infra/command-line/table.ts";
import type { Drift } from "#workflow/reconcile/drift.ts";
import type { Reconciliation } from "#workflow/reconcile/find-drift.ts";
import type { RepairOutcome } from "#workflow/reconcile/repair.ts";

export interface RepairedDrift extends Drift {
  repair?: RepairOutcome | "failed";
  /** After the repair: whether another comparison finds nothing of it any more. */
  isMended?: boolean;
}

export function describeDrift(
  { events, sessions, enrollments }: Reconciliation["looked"],
  drift: RepairedDrift[],
  isRepair: boolean,
): string {
  const all = `${events} events, ${sessions} sessions and ${enrollments} enrollments`;
  if (drift.length === 0) return `\n${all}: they agree.`;
  const rows = drift.map((row) => [
    row.kind,
    row.checkoutSessionId,
    row.userId ?? "-",
    row.courseId ?? "-",
    row.since,
    row.executionName ? `${row.executionName} ${row.executionStatus}` : "none",
    ...(isRepair ? [`${row.repair}${row.isMended ? ", mended" : ""}`] : []),
  ]);
  const head = [
    "What",
    "Session",
    "Student",
    "Course",
    "Since",
    "Execution",
    ...(isRepair ? ["Repair"] : []),
  ];
  return [
    `\n${all}; ${drift.length} differ.`,
    renderTable(rows, { head }),
    ...(isRepair ? [] : ["npm run reconcile -- --repair --because <reason> starts what is missing."]),
  ].join("\n");
}
