/** Which execution stands on a side of a comparison, and which of its runs. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { FollowedExecution } from "#infra/operate/console/contract.ts";
import { type Run, runsOf } from "#infra/operate/records/runs.ts";
import type { Side } from "../comparison.ts";
import { formatDuration, formatTime } from "../words.ts";
import { SelectField } from "./Field.tsx";

interface ChosenSide extends Side {
  runs: Run[];
  revisionId: string | undefined;
}

/** @param chosen a run's number; the last one unless it says otherwise */
export function sideOf(
  execution: FollowedExecution | undefined,
  chosen: string | null,
): ChosenSide | undefined {
  if (!execution) return undefined;
  const { name, events, input, definition, revisionId } = execution;
  const runs = runsOf(events);
  const run = runs.find(({ number }) => String(number) === chosen) ?? runs.at(-1);
  return run && { name, run, runs, input, definition, revisionId };
}

const nameOfRun = ({ number }: Run) => (number === 0 ? "First run" : `Redrive ${number}`);

interface ComparedSideProps {
  words: string;
  side: ChosenSide;
  onChooseRun: (run: string) => void;
}

export function ComparedSide({
  words,
  side: { name, run, runs, revisionId },
  onChooseRun,
}: ComparedSideProps) {
  return (
    <section
      aria-label={words}
      className="grid min-w-0 content-start gap-2 rounded-xl border border-line p-3"
    >
      <h2 className="text-base">
        {words}:{" "}
        <Link
          to={`/executions/${encodeURIComponent(name)}`}
          className="font-mono text-sm break-all text-accent underline"
        >
          {name}
        </Link>
      </h2>
      <SelectField
        words={`Run of the ${words.toLowerCase()} execution`}
        value={String(run.number)}
        options={runs.map((one): [string, string] => [String(one.number), nameOfRun(one)])}
        onChange={onChooseRun}
      />
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-xs">
        <Fact term="Started">{formatTime(run.startedAt)}</Fact>
        <Fact term="Took">{formatDuration(run.startedAt, run.stoppedAt)}</Fact>
        {revisionId ? <Fact term="Revision">{revisionId}</Fact> : null}
      </dl>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0 break-all">{children}</dd>
    </>
  );
}
