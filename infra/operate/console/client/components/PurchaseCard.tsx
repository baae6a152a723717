/** A purchase as the dossier knows it: what to do next comes first. */
import { Link } from "react-router";
import type { Purchase } from "#infra/operate/console/contract.ts";
import { formatTime } from "../words.ts";
import { ExecutionTimeline } from "./ExecutionTimeline.tsx";
import { NextStep } from "./NextStep.tsx";
import { PurchaseFacts } from "./PurchaseFacts.tsx";
import { AnswerBadge } from "./Status.tsx";

interface PurchaseCardProps {
  purchase: Purchase;
  /** Of those that were found. */
  isFirst: boolean;
  onDone: () => void;
}

export function PurchaseCard({ purchase, isFirst, onDone }: PurchaseCardProps) {
  const { checkoutSessionId, courseId, userId, executions, logQuery } = purchase;
  const heading = `purchase-${checkoutSessionId}`;
  return (
    <article
      aria-labelledby={heading}
      className="grid min-w-0 gap-4 rounded-xl border border-line bg-surface p-4"
    >
      <header className="min-w-0">
        <h2 id={heading} className="text-base break-all">
          {courseId ?? "An unknown course"} for {userId ?? "an unknown student"}
        </h2>
        <p className="font-mono text-xs break-all text-muted">{checkoutSessionId}</p>
        <p className="text-muted">
          Order number <span className="font-mono">{purchase.orderNumber}</span>
        </p>
      </header>
      <NextStep next={purchase.next} isFirst={isFirst} onDone={onDone} />
      <PurchaseFacts purchase={purchase} />
      {executions.map((execution) => (
        <ExecutionTimeline key={execution.name} execution={execution} />
      ))}
      <Deliveries purchase={purchase} />
      <Letters purchase={purchase} />
      <section aria-label="Log query" className="min-w-0">
        <h3 className="text-xs font-medium text-muted">Log query, for CloudWatch Logs Insights</h3>
        <p className="font-mono text-xs break-all">{logQuery}</p>
      </section>
      <p>
        <Link to={`/ledger?about=${encodeURIComponent(checkoutSessionId)}`} className="text-accent underline">
          What operators did about it
        </Link>
      </p>
    </article>
  );
}

function Deliveries({ purchase: { events } }: { purchase: Purchase }) {
  return (
    <section aria-label="Stripe's deliveries" className="grid min-w-0 gap-1">
      <h3 className="text-xs font-medium text-muted">Stripe&apos;s deliveries</h3>
      {events.length === 0 ? <p>None that Stripe still knows of.</p> : null}
      {events.map(({ eventId, type, createdAt, pendingDeliveries, attempts }) => (
        <div key={eventId} className="min-w-0">
          <p className="break-all">
            <span className="font-mono text-xs">{eventId}</span> {type}, {formatTime(createdAt)}
            {attempts ? "" : pendingDeliveries > 0 ? ": not delivered yet" : ": delivered"}
          </p>
          <ol className="flex flex-wrap gap-2">
            {attempts?.map(({ at, status, error }) => (
              <li key={at}>
                <AnswerBadge
                  good={status === 200}
                  words={`${formatTime(at)}: ${status ?? error ?? "no answer"}`}
                />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

function Letters({ purchase: { deadLetters } }: { purchase: Purchase }) {
  if (deadLetters.length === 0) return null;
  return (
    <section aria-label="Dead letters" className="min-w-0">
      <h3 className="text-xs font-medium text-muted">Dead letters</h3>
      <ul>
        {deadLetters.map(({ messageId, error, sentAt }) => (
          <li key={messageId}>
            <Link to={`/dead-letters?id=${messageId}`} className="text-accent underline">
              {error}, {formatTime(sentAt)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
