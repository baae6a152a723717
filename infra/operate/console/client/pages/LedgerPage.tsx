/** What operators did, newest first: who, when, why, and what came of it. */
import type { LedgerPage as PageOfLedger } from "#infra/operate/console/contract.ts";
import { ACTIONS } from "#workflow/ledger/actions.ts";
import type { LedgerEntry } from "#workflow/ledger/entry.ts";
import { Away } from "../components/Away.tsx";
import { type Column, DataTable } from "../components/DataTable.tsx";
import { SelectField } from "../components/Field.tsx";
import { Empty, Loading } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { Pager } from "../components/Pager.tsx";
import { OutcomeBadge } from "../components/Status.tsx";
import { TimeFilter } from "../components/TimeFilter.tsx";
import { TypedFilter } from "../components/TypedFilter.tsx";
import { useLive } from "../use-live.ts";
import { usePlace } from "../use-place.ts";
import { formatTime } from "../words.ts";

const columns: Column<LedgerEntry>[] = [
  {
    header: "When",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row }) => <time dateTime={row.original.at}>{formatTime(row.original.at)}</time>,
  },
  { header: "Who", meta: { className: "break-all min-w-24" }, accessorKey: "by" },
  { header: "What", meta: { className: "font-medium" }, accessorKey: "action" },
  {
    header: "About",
    meta: { className: "min-w-48" },
    cell: ({ row }) => (
      <ul className="font-mono text-xs break-all">
        {row.original.about.map((id) => (
          <li key={id}>{id}</li>
        ))}
      </ul>
    ),
  },
  { header: "Why", meta: { className: "min-w-40 break-words" }, accessorKey: "reason" },
  {
    header: "Came of it",
    meta: { className: "min-w-40" },
    cell: ({ row: { original } }) => (
      <>
        <OutcomeBadge outcome={original.outcome} />
        <span className="mt-1 block font-mono text-xs break-all text-muted">{original.outcome?.text}</span>
      </>
    ),
  },
];

const ACTION_OPTIONS: [value: string, words: string][] = [
  ["", "All"],
  ...ACTIONS.map((action): [string, string] => [action, action]),
];

export function LedgerPage() {
  const place = usePlace();
  const live = useLive<PageOfLedger>(`ledger?${place.query}`, 5_000);
  const { data, error, isLoading } = live;
  return (
    <Page title="Ledger">
      <p className="-mt-2 max-w-prose text-muted">
        What was done by command and console. Nothing of it can be changed or deleted.
      </p>
      <search aria-label="Ledger" className="flex flex-wrap items-end gap-3">
        <SelectField
          words="Action"
          value={place.valueOf("action")}
          options={ACTION_OPTIONS}
          onChange={(action) => place.change({ action })}
        />
        <TimeFilter place={place} words="When" />
        <TypedFilter place={place} name="who" words="Who" />
        <TypedFilter place={place} name="about" words="About which id" />
      </search>
      <Away live={live} />
      {!data && !error ? <Loading /> : null}
      {data?.entries.length === 0 ? <Empty title="Nothing was done">Or nothing of this kind.</Empty> : null}
      {data && data.entries.length > 0 ? (
        <DataTable label="Ledger" columns={columns} items={data.entries} idOf={({ id }) => id} />
      ) : null}
      <Pager place={place} next={isLoading ? undefined : data?.next} />
    </Page>
  );
}
