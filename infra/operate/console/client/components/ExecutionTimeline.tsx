/** What an execution did with a purchase: a bar for each attempt of each state, and the error that it ended with. */
import { Link } from "react-router";
import type { Attempt, ExecutionFacts } from "#infra/operate/console/contract.ts";
import { messageIn } from "../cause.ts";
import { formatDuration, formatTime } from "../words.ts";
import { ExecutionBadge } from "./Status.tsx";

/** Of a history with more, the latest are shown. */
const SHOWN = 60;

const lengthOf = ({ startedAt, endedAt }: Attempt) =>
  (endedAt ? Date.parse(endedAt) : Date.now()) - Date.parse(startedAt);

export function ExecutionTimeline({ execution }: { execution: ExecutionFacts }) {
  const { name, status, redriveCount, attempts, repeat } = execution;
  const shown = attempts.slice(-SHOWN);
  const longest = Math.max(1, ...shown.map(lengthOf));
  return (
    <section aria-label={`Timeline of ${name}`} className="grid min-w-0 gap-2">
      <h3 className="flex flex-wrap items-center gap-2 text-sm">
        <Link
          to={`/executions/${encodeURIComponent(name)}`}
          className="font-mono break-all text-accent underline"
        >
          {name}
        </Link>
        <ExecutionBadge status={status} />
        {redriveCount > 0 ? <span className="text-muted">redriven {redriveCount}x</span> : null}
      </h3>
      {repeat ? <p className="font-medium">{repeat}</p> : null}
      {shown.length < attempts.length ? (
        <p className="text-muted">
          The latest {shown.length} of {attempts.length} attempts.
        </p>
      ) : null}
      <ol className="grid gap-1">
        {shown.map((attempt) => (
          <Bar
            key={`${attempt.redrives} ${attempt.stateName} ${attempt.startedAt} ${attempt.number}`}
            attempt={attempt}
            longest={longest}
          />
        ))}
      </ol>
    </section>
  );
}

function Bar({ attempt, longest }: { attempt: Attempt; longest: number }) {
  const { stateName, number, redrives, startedAt, endedAt, error, cause } = attempt;
  const tone = error ? "fill-bad" : endedAt ? "fill-good" : "fill-accent";
  return (
    <li className="grid min-w-0 gap-x-3 sm:grid-cols-[14rem_1fr]">
      <p className="break-words">
        {stateName}
        {number > 1 ? `, try ${number}` : ""}
        {redrives > 0 ? <span className="text-muted">, redrive {redrives}</span> : null}
      </p>
      <div className="min-w-0">
        <svg className="block h-2 w-full" preserveAspectRatio="none" viewBox="0 0 100 1" aria-hidden="true">
          <rect width={Math.max(0.5, (100 * lengthOf(attempt)) / longest)} height="1" className={tone} />
        </svg>
        <p className="text-xs text-muted">
          <time dateTime={startedAt}>{formatTime(startedAt)}</time>,{" "}
          {endedAt ? formatDuration(startedAt, endedAt) : "going on"}
          {error ? <span className="font-mono text-bad"> {error}</span> : null}
        </p>
        {cause ? <p className="font-mono text-xs break-words text-muted">{messageIn(cause)}</p> : null}
      </div>
    </li>
  );
}
