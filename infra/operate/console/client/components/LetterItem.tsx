/** One letter, with how its execution stands and the way back. */
import { Link } from "react-router";
import type { FollowedLetter } from "#infra/operate/console/contract.ts";
import { useAbout } from "../about.ts";
import { post } from "../api.ts";
import { messageIn } from "../cause.ts";
import type { Chosen } from "../use-chosen.ts";
import { formatDuration, formatTime } from "../words.ts";
import { ActButton } from "./ActButton.tsx";
import { Choose } from "./Choose.tsx";
import { ExecutionBadge } from "./Status.tsx";

interface LetterItemProps {
  letter: FollowedLetter;
  chosen: Chosen;
  onDone: () => void;
}

export function LetterItem({ letter, chosen, onDone }: LetterItemProps) {
  const { messageId, error, cause, executionName, standing, sentAt } = letter;
  const { mayRedrive } = useAbout();
  return (
    <li id={messageId} className="grid gap-3 rounded-xl border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex min-w-0 items-start gap-3">
          {mayRedrive ? (
            <Choose
              chosen={chosen}
              id={messageId}
              words={`Choose the letter of ${executionName ?? messageId}`}
            />
          ) : null}
          <div className="min-w-0">
            <h3 className="text-base">{error}</h3>
            <p className="font-mono text-xs break-words text-muted">{messageIn(cause)}</p>
          </div>
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
