/** All executions, newest first, a page at a time. */
import { useState } from "react";
import type { ExecutionState, ExecutionsPage as PageOfExecutions } from "#infra/operate/console/contract.ts";
import { Away } from "../components/Away.tsx";
import { DataTable } from "../components/DataTable.tsx";
import { executionColumns } from "../components/execution-columns.tsx";
import { SelectField } from "../components/Field.tsx";
import { LookedBack } from "../components/LookedBack.tsx";
import { Empty, Loading } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { TimeFilter } from "../components/TimeFilter.tsx";
import { TypedFilter } from "../components/TypedFilter.tsx";
import { useLive } from "../use-live.ts";
import { type Place, usePlace } from "../use-place.ts";

const REFRESH_MS = 2_000;
/** A look that goes far back asks Step Functions for many pages. */
const FAR = 1_000;
const REFRESH_FAR_MS = 15_000;

const STATUSES: [status: ExecutionState | "", words: string][] = [
  ["", "All"],
  ["RUNNING", "Running"],
  ["SUCCEEDED", "Succeeded"],
  ["FAILED", "Failed"],
  ["TIMED_OUT", "Timed out"],
  ["ABORTED", "Stopped"],
];

const everyMs = (page: PageOfExecutions | undefined) =>
  (page?.looked ?? 0) > FAR ? REFRESH_FAR_MS : REFRESH_MS;

export function ExecutionsPage() {
  const place = usePlace();
  const [isLive, setIsLive] = useState(true);
  const live = useLive<PageOfExecutions>(`executions?${place.query}`, isLive ? everyMs : undefined);
  const { data, error, isLoading } = live;
  return (
    <Page title="Executions">
      <Filters place={place} />
      <div className="grid gap-3" aria-busy={isLoading}>
        <Away live={live} />
        {data ? <Rows page={data} place={place} /> : null}
        {!data && !error ? <Loading /> : null}
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
          {data && !isLoading ? <LookedBack looked={data} place={place} /> : null}
        </div>
      </div>
    </Page>
  );
}

function Filters({ place }: { place: Place }) {
  return (
    <search aria-label="Executions" className="flex flex-wrap items-end gap-3">
      <SelectField
        words="Status"
        value={place.valueOf("status") as ExecutionState | ""}
        options={STATUSES}
        onChange={(status) => place.change({ status })}
      />
      <TimeFilter place={place} words="Started" />
      <TypedFilter place={place} name="text" words="Name contains" placeholder="evt_..." />
      <TypedFilter place={place} name="error" words="Error contains" />
      <TypedFilter place={place} name="course" words="Course contains" />
      <TypedFilter place={place} name="student" words="Student id contains" />
    </search>
  );
}

function Rows({ page: { executions, next }, place }: { page: PageOfExecutions; place: Place }) {
  if (executions.length > 0)
    return (
      <DataTable
        label="Executions"
        columns={executionColumns(place)}
        items={executions}
        idOf={({ name }) => name}
      />
    );
  if (next) return <Empty title="None so far">There are older ones that were not looked at yet.</Empty>;
  if (place.page > 1) return <Empty title="No older execution">The list ends before this page.</Empty>;
  return place.isFiltered ? (
    <Empty title="No execution is like that">Try other filters, or fewer.</Empty>
  ) : (
    <Empty title="No executions yet">Buy a course, and its payment event appears here.</Empty>
  );
}
