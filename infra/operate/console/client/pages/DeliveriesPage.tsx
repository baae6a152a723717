/** What Stripe's stand-in delivered to the webhook, what was answered, and sending it again. */
import { Link } from "react-router";
import type { Delivery, DeliveriesPage as PageOfDeliveries } from "#infra/operate/console/contract.ts";
import { post } from "../api.ts";
import { ActButton } from "../components/ActButton.tsx";
import { Away } from "../components/Away.tsx";
import { type Column, DataTable } from "../components/DataTable.tsx";
import { SelectField } from "../components/Field.tsx";
import { LookedBack } from "../components/LookedBack.tsx";
import { Empty, Loading } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { AnswerBadge } from "../components/Status.tsx";
import { TimeFilter } from "../components/TimeFilter.tsx";
import { TypedFilter } from "../components/TypedFilter.tsx";
import { useLive } from "../use-live.ts";
import { type Place, usePlace } from "../use-place.ts";
import { formatTime } from "../words.ts";

const columnsWith = (place: Place, onResent: () => void): Column<Delivery>[] => [
  { header: "Answer", cell: ({ row }) => <LastAnswer delivery={row.original} /> },
  {
    header: "Event",
    cell: ({ row: { original } }) => (
      <>
        <Link
          to={`/executions/${encodeURIComponent(original.eventId)}`}
          className="font-mono text-accent underline-offset-2 hover:underline"
        >
          {original.eventId}
        </Link>
        <span className="block text-xs text-muted">{original.type}</span>
      </>
    ),
  },
  {
    header: "Student",
    cell: ({ row: { original } }) =>
      original.userId ? (
        <Link
          to={`/find?id=${encodeURIComponent(original.userId)}`}
          className="block max-w-32 truncate font-mono text-accent underline-offset-2 hover:underline"
          title={original.userId}
        >
          {original.userId}
        </Link>
      ) : null,
  },
  {
    header: "Course",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row: { original } }) =>
      original.courseId ? (
        <Link
          to={place.narrowedTo({ course: original.courseId })}
          className="font-mono text-accent underline-offset-2 hover:underline"
        >
          {original.courseId}
        </Link>
      ) : null,
  },
  {
    header: "Created",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row }) => <time dateTime={row.original.createdAt}>{formatTime(row.original.createdAt)}</time>,
  },
  { header: "Attempts", meta: { className: "text-right" }, cell: ({ row }) => row.original.attempts.length },
  {
    id: "resend",
    header: () => <span className="sr-only">Resend</span>,
    meta: { className: "text-right" },
    cell: ({ row: { original } }) => (
      <ActButton
        words="Resend"
        label={`Resend ${original.eventId}`}
        act={(reason) => post(`deliveries/${encodeURIComponent(original.eventId)}/resend`, { reason })}
        onDone={onResent}
      />
    ),
  },
];

const ANSWERS: [value: string, words: string][] = [
  ["", "All"],
  ["delivered", "Taken"],
  ["failed", "Refused or none"],
  ["waiting", "Waiting"],
];

export function DeliveriesPage() {
  const place = usePlace();
  const live = useLive<PageOfDeliveries>(`deliveries?${place.query}`, 2_000);
  const { data, error, isLoading, refresh } = live;
  return (
    <Page title="Stripe deliveries">
      <p className="-mt-2 max-w-prose text-muted">
        Every event that can enroll a student, with what the webhook answered. Sending one again repairs a
        purchase that failed and changes nothing for one that did not.
      </p>
      <search aria-label="Deliveries" className="flex flex-wrap items-end gap-3">
        <SelectField
          words="Answer"
          value={place.valueOf("answer")}
          options={ANSWERS}
          onChange={(answer) => place.change({ answer })}
        />
        <TimeFilter place={place} words="Created" />
        <TypedFilter place={place} name="course" words="Course contains" />
        <TypedFilter place={place} name="student" words="Student id contains" />
      </search>
      <Away live={live} />
      {!data && !error ? <Loading /> : null}
      {data ? <Rows page={data} place={place} onResent={refresh} /> : null}
      {data && !isLoading ? <LookedBack looked={data} place={place} /> : null}
    </Page>
  );
}

interface RowsProps {
  page: PageOfDeliveries;
  place: Place;
  onResent: () => void;
}

function Rows({ page: { deliveries, next }, place, onResent }: RowsProps) {
  if (deliveries.length > 0)
    return (
      <DataTable
        label="Deliveries"
        columns={columnsWith(place, onResent)}
        items={deliveries}
        idOf={({ eventId }) => eventId}
        renderDetails={(delivery) => <Attempts delivery={delivery} />}
      />
    );
  if (next) return <Empty title="None so far">There are older ones that were not looked at yet.</Empty>;
  return place.isFiltered || place.page > 1 ? (
    <Empty title="No delivery is like that">Try other filters, or fewer.</Empty>
  ) : (
    <Empty title="Nothing was delivered yet">Buy a course, and Stripe&apos;s events appear here.</Empty>
  );
}

function LastAnswer({ delivery: { attempts, delivered } }: { delivery: Delivery }) {
  const [latest] = attempts;
  if (!latest) return <span className="text-muted">waiting</span>;
  return (
    <AnswerBadge good={delivered} words={latest.status === null ? "No answer" : String(latest.status)} />
  );
}

function Attempts({ delivery: { attempts } }: { delivery: Delivery }) {
  if (attempts.length === 0) return <p className="text-muted">No attempt yet.</p>;
  return (
    <ol className="grid gap-2">
      {attempts.map(({ at, status, error, responseBody, durationMs, nextAttemptAt }) => (
        <li key={at} className="text-xs">
          <time dateTime={at}>{formatTime(at)}</time>: {status ?? error} in {durationMs} ms
          {nextAttemptAt ? `, again at ${formatTime(nextAttemptAt)}` : ""}
          <code className="block font-mono break-all text-muted">{responseBody}</code>
        </li>
      ))}
    </ol>
  );
}
