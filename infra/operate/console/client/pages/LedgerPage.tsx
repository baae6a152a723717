/** What operators did, newest first: who, when, why, and what came of it. */
import { Link, useSearchParams } from "react-router";
import type { LedgerPage as PageOfLedger } from "#infra/operate/console/contract.ts";
import { ACTIONS } from "#workflow/ledger/actions.ts";
import type { LedgerEntry } from "#workflow/ledger/entry.ts";
import { Away } from "../components/Away.tsx";
import { type Column, DataTable } from "../components/DataTable.tsx";
import { SearchField, SelectField } from "../components/Field.tsx";
import { Empty, Loading } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { OutcomeBadge } from "../components/Status.tsx";
import { useLive } from "../use-live.ts";
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
  const [search, setSearch] = useSearchParams();
  const live = useLive<PageOfLedger>(`ledger?${search}`, 5_000);
  const { data, error } = live;
  const change = (name: string, value: string) => {
    const { until: _newestAgain, [name]: _old, ...rest } = Object.fromEntries(search);
    setSearch({ ...rest, ...(value && { [name]: value }) }, { replace: true });
  };
  return (
    <Page title="Ledger">
      <p className="-mt-2 max-w-prose text-muted">
        What was done by command and console. Nothing of it can be changed or deleted.
      </p>
      <search className="flex flex-wrap items-end gap-3">
        <SelectField
          words="Action"
          value={search.get("action") ?? ""}
          options={ACTION_OPTIONS}
          onChange={(value) => change("action", value)}
        />
        {[["who", "Who"] as const, ["about", "About which id"] as const].map(([name, words]) => (
          <SearchField
            key={name}
            words={words}
            value={search.get(name) ?? ""}
            onChange={(value) => change(name, value)}
            className="grow sm:max-w-xs"
          />
        ))}
      </search>
      <Away live={live} />
      {!data && !error ? <Loading /> : null}
      {data?.entries.length === 0 ? <Empty title="Nothing was done">Or nothing of this kind.</Empty> : null}
      {data && data.entries.length > 0 ? (
        <DataTable label="Ledger" columns={columns} items={data.entries} idOf={({ id }) => id} />
      ) : null}
      <nav aria-label="Pages" className="flex justify-end gap-4">
        {search.has("until") ? <PageLink words="Newest" until={undefined} /> : null}
        {data?.next ? <PageLink words="Older" until={data.next} /> : null}
      </nav>
    </Page>
  );
}

/** In the address, so that the browser's way back leads back. */
function PageLink({ words, until }: { words: string; until: string | undefined }) {
  const [search] = useSearchParams();
  const { until: _here, ...filter } = Object.fromEntries(search);
  const to = new URLSearchParams({ ...filter, ...(until && { until }) });
  return (
    <Link to={`?${to}`} className="py-1 text-accent underline">
      {words}
    </Link>
  );
}
