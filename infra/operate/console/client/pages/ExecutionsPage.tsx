/** All executions, newest first, a page at a time. */
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import type {
  ExecutionRow,
  ExecutionState,
  ExecutionsPage as PageOfExecutions,
} from "#infra/operate/console/contract.ts";
import { Away } from "../components/Away.tsx";
import { Button } from "../components/Button.tsx";
import { type Column, DataTable } from "../components/DataTable.tsx";
import { SearchField, SelectField } from "../components/Field.tsx";
import { Empty, Loading } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { ExecutionBadge } from "../components/Status.tsx";
import { type Live, useLive } from "../use-live.ts";
import { formatDuration, formatTime } from "../words.ts";

const REFRESH_MS = 2_000;

const STATUSES: [status: ExecutionState | "", words: string][] = [
  ["", "All"],
  ["RUNNING", "Running"],
  ["SUCCEEDED", "Succeeded"],
  ["FAILED", "Failed"],
  ["TIMED_OUT", "Timed out"],
  ["ABORTED", "Stopped"],
];

const columns: Column<ExecutionRow>[] = [
  { header: "Status", cell: ({ row }) => <ExecutionBadge status={row.original.status} /> },
  {
    header: "Name",
    meta: { className: "w-full max-w-0 min-w-40" },
    cell: ({ row: { original } }) => (
      <Link
        to={`/executions/${encodeURIComponent(original.name)}`}
        className="block truncate font-mono text-accent underline-offset-2 hover:underline"
        title={original.name}
      >
        {original.name}
      </Link>
    ),
  },
  {
    header: "Started",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row }) => <time dateTime={row.original.startedAt}>{formatTime(row.original.startedAt)}</time>,
  },
  {
    header: "Duration",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row: { original } }) => formatDuration(original.startedAt, original.stoppedAt),
  },
  {
    header: "Redrives",
    meta: { className: "hidden sm:table-cell text-right" },
    cell: ({ row }) => row.original.redriveCount,
  },
];

export function ExecutionsPage() {
  const [search, setSearch] = useSearchParams();
  const status = (search.get("status") ?? "") as ExecutionState | "";
  const text = search.get("text") ?? "";
  const filter = new URLSearchParams({ ...(status && { status }), ...(text && { text }) }).toString();

  const changeFilter = (change: Record<string, string>) =>
    setSearch(
      (before) =>
        new URLSearchParams(
          Object.entries({ ...Object.fromEntries(before), ...change }).filter(([, value]) => value),
        ),
      { replace: true },
    );

  return (
    <Page title="Executions">
      <search className="flex flex-wrap items-end gap-3">
        <SelectField
          words="Status"
          value={status}
          options={STATUSES}
          onChange={(value) => changeFilter({ status: value })}
        />
        <TextFilter value={text} onChange={(value) => changeFilter({ text: value })} />
      </search>
      {/* Another filter begins at the newest again. */}
      <PagedExecutions key={filter} filter={filter} />
    </Page>
  );
}

/** Waits for a pause in typing, so that a word is one search and not five. */
function TextFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), 250);
    return () => clearTimeout(timer);
  });
  return (
    <SearchField
      words="Name contains"
      value={typed}
      onChange={setTyped}
      placeholder="evt_..."
      className="grow sm:max-w-sm"
    />
  );
}

function PagedExecutions({ filter }: { filter: string }) {
  const [tokens, setTokens] = useState<string[]>([]);
  const [isLive, setIsLive] = useState(true);
  const token = tokens.at(-1);
  const path = `executions?${filter}${token ? `&nextToken=${encodeURIComponent(token)}` : ""}`;
  const live = useLive<PageOfExecutions>(path, isLive ? REFRESH_MS : undefined);
  const { data, isLoading } = live;

  return (
    <div className="grid gap-3">
      <Away live={live} />
      <Rows live={live} isFiltered={filter !== ""} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={isLive}
            onChange={(event) => setIsLive(event.target.checked)}
            className="size-4"
          />
          Live
        </label>
        {data ? (
          <div className="flex items-center gap-2" aria-busy={isLoading}>
            <Button disabled={tokens.length === 0} onClick={() => setTokens((before) => before.slice(0, -1))}>
              Newer
            </Button>
            <span className="text-muted">Page {tokens.length + 1}</span>
            <Button
              disabled={!data.nextToken || isLoading}
              onClick={() => setTokens((before) => [...before, ...(data.nextToken ? [data.nextToken] : [])])}
            >
              Older
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Rows({ live: { data, error }, isFiltered }: { live: Live<PageOfExecutions>; isFiltered: boolean }) {
  if (!data) return error ? null : <Loading />;
  if (data.executions.length > 0)
    return (
      <DataTable label="Executions" columns={columns} items={data.executions} idOf={({ name }) => name} />
    );
  if (data.nextToken)
    return <Empty title={`None among ${data.looked} executions`}>Older looks further back.</Empty>;
  return isFiltered ? (
    <Empty title="No execution is like that">Try another status or part of a name.</Empty>
  ) : (
    <Empty title="No executions yet">Buy a course, and its payment event appears here.</Empty>
  );
}
