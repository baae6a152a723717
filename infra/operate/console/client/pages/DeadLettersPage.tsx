/** What could not be turned into an enrollment, oldest first, each with the way back. */
import { useEffect } from "react";
import { Link, useLocation } from "react-router";
import type { FollowedLetter, FollowedLetters } from "#infra/operate/console/contract.ts";
import { useAbout } from "../about.ts";
import { post } from "../api.ts";
import { messageIn } from "../cause.ts";
import { ActButton } from "../components/ActButton.tsx";
import { Away } from "../components/Away.tsx";
import { Empty, Loading, Notice } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { ExecutionBadge } from "../components/Status.tsx";
import { useLive } from "../use-live.ts";
import { formatDuration, formatTime } from "../words.ts";

export function DeadLettersPage() {
  const live = useLive<FollowedLetters>("dead-letters", 3_000);
  const { data, error, refresh } = live;
  return (
    <Page title="Dead letters">
      <p className="-mt-2 max-w-prose text-muted">
        Each is a payment without an enrollment. Mend the cause, redrive the execution, and remove the letter
        once the execution has succeeded.{" "}
        <Link to="/runbook/dead-letters" className="text-accent underline">
          What to mend, by error
        </Link>
      </p>
      <Away live={live} />
      {!data && !error ? <Loading rows={3} /> : null}
      {data?.deadLetters.length === 0 ? (
        <Empty title="No dead letters">Every purchase found its way.</Empty>
      ) : null}
      {data && data.total > data.deadLetters.length ? (
        <Notice tone="warn">
          About {data.total} are in the queue; {data.deadLetters.length} are shown.
        </Notice>
      ) : null}
      <ul className="grid gap-3">
        {data?.deadLetters.map((letter) => (
          <LetterItem key={letter.messageId} letter={letter} onDone={refresh} />
        ))}
      </ul>
    </Page>
  );
}

function LetterItem({ letter, onDone }: { letter: FollowedLetter; onDone: () => void }) {
  const { messageId, error, cause, executionName, standing, sentAt } = letter;
  const isLinked = useLocation().hash === `#${messageId}`;
  useEffect(() => {
    if (isLinked) document.getElementById(messageId)?.scrollIntoView({ block: "center" });
  }, [isLinked, messageId]);
  return (
    <li
      id={messageId}
      className={`grid gap-3 rounded-xl border bg-surface p-4 ${isLinked ? "border-accent" : "border-line"}`}
    >
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-base">{error}</h2>
          <p className="font-mono text-xs break-words text-muted">{messageIn(cause)}</p>
        </div>
        <p className="whitespace-nowrap text-muted" title={sentAt}>
          {formatDuration(sentAt, undefined)} old
        </p>
      </div>
      <Ids letter={letter} />
      <div className="flex flex-wrap items-center gap-3">
        {executionName ? <ExecutionLink name={executionName} /> : null}
        {standing && standing.executionName !== executionName ? (
          <span>
            {executionName ? "is followed by " : "was started as "}
            <ExecutionLink name={standing.executionName} />
          </span>
        ) : null}
        {standing ? <ExecutionBadge status={standing.status} /> : null}
        <Repair letter={letter} onDone={onDone} />
      </div>
      <p className="sr-only">Sent {formatTime(sentAt)}</p>
    </li>
  );
}

function ExecutionLink({ name }: { name: string }) {
  return (
    <Link
      to={`/executions/${encodeURIComponent(name)}`}
      className="font-mono break-all text-accent underline"
    >
      {name}
    </Link>
  );
}

function Ids({ letter }: { letter: FollowedLetter }) {
  const ids = [
    ["Course", letter.courseId],
    ["Student", letter.userId],
    ["Checkout session", letter.checkoutSessionId],
    ["Payment intent", letter.paymentIntentId],
  ].filter(([, value]) => value);
  return (
    <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
      {ids.map(([term, value]) => (
        <div key={term} className="min-w-0">
          <dt className="text-xs text-muted">{term}</dt>
          <dd className="font-mono text-xs break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Repair({
  letter: { messageId, eventId, executionName, standing },
  onDone,
}: {
  letter: FollowedLetter;
  onDone: () => void;
}) {
  const { mayRedrive } = useAbout();
  // A message that is not readable has nothing in it to start again.
  if (!mayRedrive || !(eventId ?? executionName)) return null;
  const isRepaired = standing?.status === "SUCCEEDED";
  const change = (what: "redrive" | "delete") => (reason: string) =>
    post(`dead-letters/${encodeURIComponent(messageId)}/${what}`, { reason });
  return (
    <div className="ml-auto min-w-0">
      {isRepaired ? (
        <ActButton key="delete" words="Remove letter" act={change("delete")} onDone={onDone} />
      ) : (
        <ActButton
          key="redrive"
          words="Redrive"
          variant="primary"
          disabled={standing?.status === "RUNNING"}
          act={change("redrive")}
          onDone={onDone}
        />
      )}
    </div>
  );
}
