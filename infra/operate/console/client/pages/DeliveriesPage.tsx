/** What Stripe's stand-in delivered to the webhook, what was answered, and sending it again. */
import { useState } from "react";
import { Link } from "react-router";
import type { Delivery, DeliveriesPage as PageOfDeliveries } from "#infra/operate/console/contract.ts";
import { post } from "../api.ts";
import { ActButton } from "../components/ActButton.tsx";
import { Away } from "../components/Away.tsx";
import { Button } from "../components/Button.tsx";
import { type Column, DataTable } from "../components/DataTable.tsx";
import { Empty, Loading } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { AnswerBadge } from "../components/Status.tsx";
import { useLive } from "../use-live.ts";
import { formatTime } from "../words.ts";

const columnsWith = (onResent: () => void): Column<Delivery>[] => [
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

export function DeliveriesPage() {
  const [after, setAfter] = useState<string[]>([]);
  const last = after.at(-1);
  const live = useLive<PageOfDeliveries>(
    last ? `deliveries?after=${encodeURIComponent(last)}` : "deliveries",
    2_000,
  );
  const { data, error, refresh } = live;
  const oldest = data?.deliveries.at(-1)?.eventId;
  return (
    <Page title="Stripe deliveries">
      <p className="-mt-2 max-w-prose text-muted">
        Every event that can enroll a student, with what the webhook answered. Sending one again repairs a
        purchase that failed and changes nothing for one that did not.
      </p>
      <Away live={live} />
      {!data && !error ? <Loading /> : null}
      {data?.deliveries.length === 0 ? (
        <Empty title="Nothing was delivered yet">Buy a course, and Stripe&apos;s events appear here.</Empty>
      ) : null}
      {data && data.deliveries.length > 0 ? (
        <DataTable
          label="Deliveries"
          columns={columnsWith(refresh)}
          items={data.deliveries}
          idOf={({ eventId }) => eventId}
          renderDetails={(delivery) => <Attempts delivery={delivery} />}
        />
      ) : null}
      {data && (data.hasMore || after.length > 0) ? (
        <div className="flex justify-end gap-2">
          <Button disabled={after.length === 0} onClick={() => setAfter((before) => before.slice(0, -1))}>
            Newer
          </Button>
          <Button
            disabled={!data.hasMore || !oldest}
            onClick={() => setAfter((before) => [...before, ...(oldest ? [oldest] : [])])}
          >
            Older
          </Button>
        </div>
      ) : null}
    </Page>
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
