/** The steps of an execution, each with its input, output and error. */
import type { Step } from "#infra/operate/records/steps.ts";
import { formatDuration, formatTime } from "../words.ts";
import { type Column, DataTable } from "./DataTable.tsx";
import { JsonBlock } from "./JsonBlock.tsx";
import { StepBadge } from "./Status.tsx";

const columns: Column<Step>[] = [
  { header: "#", accessorKey: "number", meta: { className: "tabular-nums" } },
  { header: "State", meta: { className: "font-medium" }, accessorKey: "stateName" },
  { header: "Status", cell: ({ row }) => <StepBadge status={row.original.status} /> },
  {
    header: "Attempts",
    meta: { className: "text-right" },
    cell: ({ row }) => row.original.attempts || "",
  },
  {
    header: "Error",
    cell: ({ row }) => <span className="font-mono text-xs text-bad">{row.original.error ?? ""}</span>,
  },
  {
    header: "Entered",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row }) => <time dateTime={row.original.enteredAt}>{formatTime(row.original.enteredAt)}</time>,
  },
  {
    header: "Duration",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row: { original } }) => formatDuration(original.enteredAt, original.endedAt),
  },
];

export function StepTable({ steps }: { steps: Step[] }) {
  return (
    <DataTable
      label="Steps"
      columns={columns}
      items={steps}
      idOf={({ number }) => String(number)}
      renderDetails={(step) => <StepDetails step={step} />}
    />
  );
}

/** @param isNarrow one below the other, also on a wide screen */
export function StepDetails({ step, isNarrow = false }: { step: Step; isNarrow?: boolean }) {
  return (
    <div className={`grid gap-3 ${isNarrow ? "" : "lg:grid-cols-2"}`}>
      <JsonBlock title="Error" value={step.error} />
      <JsonBlock title="Cause" value={step.cause} />
      <JsonBlock title="Input" value={step.input} />
      <JsonBlock title="Output" value={step.output} />
    </div>
  );
}
