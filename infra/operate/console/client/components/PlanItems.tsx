/** What a plan does about each purchase, a page at a time, and how far it has come. */
import { Link } from "react-router";
import type { PlanOnPage } from "#infra/operate/console/contract.ts";
import { describePlanned } from "#infra/operate/records/plan-words.ts";
import type { PlanItem } from "#workflow/dead-letters/plan.ts";
import type { Place } from "../use-place.ts";
import { type Column, DataTable } from "./DataTable.tsx";
import { SelectField } from "./Field.tsx";
import { Empty } from "./Notice.tsx";
import { Pager } from "./Pager.tsx";
import { PlanItemBadge } from "./Status.tsx";

const STATES: [state: PlanItem["state"] | "", words: string][] = [
  ["", "All"],
  ["planned", "To come"],
  ["begun", "Under way"],
  ["closed", "Closed"],
  ["failed", "Failed again"],
  ["left", "Left"],
];

const columns: Column<PlanItem>[] = [
  { header: "Now", cell: ({ row }) => <PlanItemBadge state={row.original.state} /> },
  {
    header: "Execution",
    meta: { className: "min-w-40 font-mono break-all" },
    cell: ({ row: { original } }) =>
      original.executionName ? (
        <Link
          to={`/executions/${encodeURIComponent(original.executionName)}`}
          className="text-accent underline-offset-2 hover:underline"
        >
          {original.executionName}
        </Link>
      ) : (
        (original.eventId ?? "-")
      ),
  },
  { header: "The plan", meta: { className: "min-w-40" }, cell: ({ row }) => describePlanned(row.original) },
  { header: "Error", meta: { className: "font-mono" }, accessorKey: "error" },
  { header: "Course", meta: { className: "font-mono" }, cell: ({ row }) => row.original.courseId ?? "-" },
  {
    header: "Letters",
    meta: { className: "text-right" },
    cell: ({ row }) => row.original.messageIds.length,
  },
  {
    header: "Came of it",
    meta: { className: "min-w-40 font-mono text-xs break-all" },
    cell: ({ row: { original } }) => (original.planned === "nothing" ? null : original.told),
  },
];

export function PlanItems({ page: { items, next }, place }: { page: PlanOnPage; place: Place }) {
  return (
    <div className="grid min-w-0 gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <SelectField
          words="Show"
          value={place.valueOf("show") as PlanItem["state"] | ""}
          options={STATES}
          onChange={(show) => place.change({ show })}
        />
        <Pager place={place} next={next} words={["Before", "Next"]} />
      </div>
      {items.length > 0 ? (
        <DataTable
          label="Purchases of the plan"
          columns={columns}
          items={items}
          idOf={({ number }) => String(number)}
        />
      ) : (
        <Empty title="None of it is so" />
      )}
    </div>
  );
}
