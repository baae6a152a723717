/** One execution: where it went, what each step was given and made of it, and how to repair it. */
import { type ReactNode, useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import type { FollowedExecution, FollowedLetters } from "#infra/operate/console/contract.ts";
import { type Step, statusByState, stepsOf } from "#infra/operate/records/steps.ts";
import { useAbout } from "../about.ts";
import { post } from "../api.ts";
import { messageIn } from "../cause.ts";
import { ActButton } from "../components/ActButton.tsx";
import { Away } from "../components/Away.tsx";
import { ComparisonLinks } from "../components/ComparisonLinks.tsx";
import { EventTable } from "../components/EventTable.tsx";
import { JsonBlock } from "../components/JsonBlock.tsx";
import { Empty, Loading, Notice } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { StateGraph } from "../components/StateGraph.tsx";
import { ExecutionBadge } from "../components/Status.tsx";
import { StepDetails, StepTable } from "../components/StepTable.tsx";
import { useLive } from "../use-live.ts";
import { formatDuration, formatTime } from "../words.ts";

const REFRESH_MS = 1_000;

export function ExecutionPage() {
  const { name = "" } = useParams();
  return <LiveExecution key={name} name={name} />;
}

function LiveExecution({ name }: { name: string }) {
  const path = `executions/${encodeURIComponent(name)}`;
  const live = useLive<FollowedExecution>(path, REFRESH_MS);
  const { data, error, refresh } = live;
  return (
    <Page
      title={<span className="font-mono">{name}</span>}
      aside={data ? <Repair execution={data} onDone={refresh} /> : null}
    >
      <p className="-mt-3 text-muted">
        <Link to="/" className="text-accent underline">
          All executions
        </Link>
      </p>
      <Away live={live} />
      {data ? <Details execution={data} /> : null}
      {!data && !error ? <Loading /> : null}
    </Page>
  );
}

function Repair({
  execution: { name, status, standing },
  onDone,
}: {
  execution: FollowedExecution;
  onDone: () => void;
}) {
  const change = (what: "redrive" | "stop") => (reason: string) =>
    post(`executions/${encodeURIComponent(name)}/${what}`, { reason });
  const hasFailed = status === "FAILED" || status === "TIMED_OUT" || status === "ABORTED";
  const isFollowed = standing?.status === "RUNNING" || standing?.status === "SUCCEEDED";
  return (
    <>
      {hasFailed && !isFollowed ? (
        <ActButton key="redrive" words="Redrive" variant="primary" act={change("redrive")} onDone={onDone} />
      ) : null}
      {status === "RUNNING" ? (
        <ActButton key="stop" words="Stop" variant="danger" act={change("stop")} onDone={onDone} />
      ) : null}
    </>
  );
}

function Details({ execution }: { execution: FollowedExecution }) {
  const { events, isCut } = execution;
  const steps = useMemo(() => stepsOf(events), [events]);
  return (
    <>
      <Summary execution={execution} />
      <Outcome execution={execution} steps={steps} />
      <StandingNotice standing={execution.standing} />
      <DeadLetterNotice name={execution.name} />
      <ComparisonLinks execution={execution} />
      <StateMap definition={execution.definition} steps={steps} />
      <h2 className="text-base">Steps</h2>
      <StepTable steps={steps} />
      <details>
        <summary className="w-fit rounded-lg py-1 text-base font-semibold">
          Event history ({events.length})
        </summary>
        <div className="mt-3 grid gap-2">
          {isCut ? <Notice tone="warn">Only the first {events.length} events are shown.</Notice> : null}
          <EventTable events={events} />
        </div>
      </details>
      <div className="grid gap-3 lg:grid-cols-2">
        <JsonBlock title="Execution input" value={execution.input} />
        <JsonBlock title="Execution output" value={execution.output} />
      </div>
    </>
  );
}

function Summary({
  execution: { status, startedAt, stoppedAt, redriveCount },
}: {
  execution: FollowedExecution;
}) {
  return (
    <dl className="flex flex-wrap items-center gap-x-8 gap-y-2">
      <Fact term="Status">
        <ExecutionBadge status={status} />
      </Fact>
      <Fact term="Started">{formatTime(startedAt)}</Fact>
      <Fact term="Duration">{formatDuration(startedAt, stoppedAt)}</Fact>
      <Fact term="Redrives">{redriveCount}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The error that an operator looks for is the one that was caught; what ended the execution is only the gate. */
function Outcome({
  execution: { status, error, cause, repeat },
  steps,
}: {
  execution: FollowedExecution;
  steps: Step[];
}) {
  if (status === "SUCCEEDED" || status === "RUNNING") return null;
  const caught = steps.findLast((step) => step.status === "caught");
  const said = caught ?? { stateName: undefined, error, cause };
  return (
    <Notice tone="bad">
      <p className="font-semibold">
        {said.stateName ? `${said.stateName}: ` : ""}
        {said.error ?? "It ended without an error."}
      </p>
      {said.cause ? <p className="font-mono text-xs">{messageIn(said.cause)}</p> : null}
      {repeat ? <p className="mt-1 font-medium">{repeat}</p> : null}
      {caught && error ? (
        <p className="mt-1 text-xs">The execution then ended with {error}, and waits for a redrive.</p>
      ) : null}
    </Notice>
  );
}

/** A redrive would have run a definition that was replaced since, or was not possible any more. */
function StandingNotice({ standing }: Pick<FollowedExecution, "standing">) {
  if (!standing) return null;
  const { executionName, status } = standing;
  return (
    <p className="flex flex-wrap items-center gap-2">
      A fresh execution does the work now:
      <Link
        to={`/executions/${encodeURIComponent(executionName)}`}
        className="font-mono break-all text-accent underline"
      >
        {executionName}
      </Link>
      <ExecutionBadge status={status} />
    </p>
  );
}

function DeadLetterNotice({ name }: { name: string }) {
  const { has } = useAbout();
  return has.deadLetters ? <DeadLetterLink name={name} /> : null;
}

function DeadLetterLink({ name }: { name: string }) {
  const { data } = useLive<FollowedLetters>(`dead-letters?id=${encodeURIComponent(name)}`, 5_000);
  const letters = data?.deadLetters.filter(({ executionName }) => executionName === name) ?? [];
  if (letters.length === 0) return null;
  return (
    <p>
      {letters.length === 1 ? "A dead letter tells" : `${letters.length} dead letters tell`} of this
      execution:{" "}
      <Link to={`/dead-letters?id=${encodeURIComponent(name)}`} className="text-accent underline">
        see the dead letter
      </Link>
    </p>
  );
}

function StateMap({ definition, steps }: { definition: FollowedExecution["definition"]; steps: Step[] }) {
  const [chosen, setChosen] = useState<string>();
  const step = steps.findLast(({ stateName }) => stateName === chosen);
  const comment = chosen ? definition.States[chosen]?.Comment : definition.Comment;
  return (
    <div className="grid gap-4 lg:grid-cols-[3fr_2fr]">
      <StateGraph
        definition={definition}
        statuses={statusByState(steps)}
        chosen={chosen}
        onChoose={setChosen}
      />
      <section aria-label="Chosen state" className="grid min-w-0 content-start gap-3">
        <h2 className="text-base">{chosen ?? "State machine"}</h2>
        {comment ? <p className="text-muted">{comment}</p> : null}
        {step ? <StepDetails step={step} isNarrow /> : null}
        {chosen && !step ? <Empty title="Not reached">This execution has not come here.</Empty> : null}
        {chosen ? null : (
          <p className="text-muted">Choose a state to see what it was given and what it made of it.</p>
        )}
      </section>
    </div>
  );
}
