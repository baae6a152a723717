/** The history as Step Functions keeps it, event by event. */
import type { ExecutionEvent } from "#infra/operate/console/contract.ts";
import { formatDuration, formatTime } from "../words.ts";
import { type Column, DataTable } from "./DataTable.tsx";
import { JsonBlock } from "./JsonBlock.tsx";

const columnsSince = (startedAt: string): Column<ExecutionEvent>[] => [
  { header: "ID", accessorKey: "id", meta: { className: "tabular-nums" } },
  { header: "Type", accessorKey: "type", meta: { className: "font-medium" } },
  { header: "State", cell: ({ row }) => textOf(row.original.details["name"]) },
  {
    header: "Error",
    cell: ({ row }) => (
      <span className="font-mono text-xs text-bad">{textOf(row.original.details["error"])}</span>
    ),
  },
  {
    header: "Time",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row }) => <time dateTime={row.original.at}>{formatTime(row.original.at)}</time>,
  },
  {
    header: "Since start",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row }) => formatDuration(startedAt, row.original.at),
  },
];

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

export function EventTable({ events }: { events: ExecutionEvent[] }) {
  return (
    <DataTable
      label="Event history"
      columns={columnsSince(events[0]?.at ?? "")}
      items={events}
      idOf={({ id }) => String(id)}
      renderDetails={({ details }) => (
        <div className="grid gap-3">
          {Object.entries(details)
            .filter(([key]) => !key.endsWith("Details"))
            .map(([key, value]) => (
              <JsonBlock key={key} title={key} value={value} />
            ))}
        </div>
      )}
    />
  );
}
