/** A plan: what it would do about each purchase, its run, and what came of it. */
import { Link, useParams } from "react-router";
import type { FollowedPlan, PlanOnPage } from "#infra/operate/console/contract.ts";
import { describeCounts } from "#infra/operate/records/plan-words.ts";
import { useAbout } from "../about.ts";
import { post } from "../api.ts";
import { ActButton } from "../components/ActButton.tsx";
import { Away } from "../components/Away.tsx";
import { Button } from "../components/Button.tsx";
import { Loading, Notice } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { PlanItems } from "../components/PlanItems.tsx";
import { PlanBadge } from "../components/Status.tsx";
import { useAction } from "../use-action.ts";
import { useLive } from "../use-live.ts";
import { usePlace } from "../use-place.ts";
import { formatTime } from "../words.ts";

const everyMs = (last: PlanOnPage | undefined) => (last?.plan.state === "over" ? 10_000 : 1_000);

export function PlanPage() {
  const { planId = "" } = useParams();
  const place = usePlace();
  const path = `plans/${encodeURIComponent(planId)}`;
  const live = useLive<PlanOnPage>(`${path}?${place.query}`, everyMs);
  const { data, error, refresh } = live;
  return (
    <Page title={`Plan ${planId}`} aside={data ? <PlanBadge plan={data.plan} /> : null}>
      <Away live={live} />
      {!data && !error ? <Loading rows={3} /> : null}
      {data ? (
        <>
          <Facts plan={data.plan} />
          <Progress plan={data.plan} />
          <Run plan={data.plan} path={`${path}/run`} onDone={refresh} />
          <PlanItems page={data} place={place} />
        </>
      ) : null}
    </Page>
  );
}

function Facts({ plan: { about, madeAt, letters, items, counts, reason, by } }: { plan: FollowedPlan }) {
  const facts = [
    ["Letters", `${letters} of ${items} purchases: ${about}`],
    ["What it would do", describeCounts(counts)],
    ["Made", formatTime(madeAt)],
    ["Why", reason],
    ["Who runs it", by],
  ].filter(([, value]) => value);
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
      {facts.map(([term, value]) => (
        <div key={term} className="min-w-0">
          <dt className="text-xs text-muted">{term}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Progress({ plan: { state, items, progress } }: { plan: FollowedPlan }) {
  if (state === "made") return null;
  const { closed, failed, left } = progress;
  const ended = closed + failed + left;
  return (
    <div className="grid gap-1">
      <progress
        max={items}
        value={ended}
        aria-label="Of the plan's purchases have ended"
        className="h-3 w-full accent-accent"
      />
      <output className="tabular-nums">
        {closed} closed, {failed} failed again, {left} left, {items - ended} to come
      </output>
    </div>
  );
}

interface RunProps {
  plan: FollowedPlan;
  /** Of the API. */
  path: string;
  onDone: () => void;
}

function Run({ plan: { state, isInterrupted, progress, items }, path, onDone }: RunProps) {
  const { mayRedrive } = useAbout();
  if (state === "over") {
    const isWell = progress.closed === items;
    return (
      <Notice tone={isWell ? "good" : "warn"}>
        {isWell ? "All of it went through, and its letters are closed. " : "Not all of it went through. "}
        <Link to="/dead-letters" className="underline">
          What is left
        </Link>
      </Notice>
    );
  }
  if (!mayRedrive) return null;
  if (isInterrupted) return <GoOn path={path} onDone={onDone} />;
  if (state === "running") return null;
  const run = (reason: string) => post(path, { reason });
  return <ActButton words="Run the plan" variant="primary" isOpen act={run} onDone={onDone} />;
}

/** For the reason that it was given; who goes on stands in the ledger, too. */
function GoOn({ path, onDone }: Pick<RunProps, "path" | "onDone">) {
  const { busy, failure, act } = useAction(onDone);
  return (
    <Notice tone="warn">
      <p>
        Whoever ran it is silent, and it stands still. What was begun is looked at first: nothing is redriven
        twice.
      </p>
      <Button isBusy={busy !== undefined} onClick={() => act("go on", () => post(path))} className="mt-2">
        Go on
      </Button>
      {failure ? <p role="alert">{failure}</p> : null}
    </Notice>
  );
}
