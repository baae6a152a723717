/** Two executions, or two runs of one, side by side. Which they are is in the address. */
import { useSearchParams } from "react-router";
import type { FollowedExecution } from "#infra/operate/console/contract.ts";
import { compareOutcomes, compareStates, type Side, textsOf } from "../comparison.ts";
import { Away } from "../components/Away.tsx";
import { ChooseNames, Suggestions } from "../components/ChooseCompared.tsx";
import { ComparedFacts } from "../components/ComparedFacts.tsx";
import { ComparedSide, sideOf } from "../components/ComparedSide.tsx";
import { Loading } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { TextDiff } from "../components/TextDiff.tsx";
import { useLive } from "../use-live.ts";

const SIDES = ["left", "right"] as const;

const WORDS = { left: "Left", right: "Right" };

const everyMs = (execution: FollowedExecution | undefined) =>
  execution?.status === "RUNNING" ? 2_000 : undefined;

export function ComparePage() {
  const [search] = useSearchParams();
  const [left = "", right = ""] = SIDES.map((side) => search.get(side)?.trim() ?? "");
  return (
    <Page title="Compare executions">
      <ChooseNames key={`${left} ${right}`} names={{ left, right }} />
      {left && right ? (
        <Compared key={`${left} ${right}`} left={left} right={right} />
      ) : (
        <Suggestions left={left} right={right} />
      )}
    </Page>
  );
}

function Compared({ left, right }: { left: string; right: string }) {
  const [search, setSearch] = useSearchParams();
  const lives = {
    left: useLive<FollowedExecution>(`executions/${encodeURIComponent(left)}`, everyMs),
    right: useLive<FollowedExecution>(`executions/${encodeURIComponent(right)}`, everyMs),
  };
  const [one, other] = SIDES.map((side) => sideOf(lives[side].data, search.get(`${side}Run`)));
  const chooseRun = (side: (typeof SIDES)[number]) => (run: string) =>
    setSearch((before) => new URLSearchParams({ ...Object.fromEntries(before), [`${side}Run`]: run }), {
      preventScrollReset: true,
    });
  const failed = SIDES.some((side) => lives[side].error);
  return (
    <>
      {SIDES.map((side) => (
        <Away key={side} live={lives[side]} />
      ))}
      {one && other ? (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            <ComparedSide words={WORDS.left} side={one} onChooseRun={chooseRun("left")} />
            <ComparedSide words={WORDS.right} side={other} onChooseRun={chooseRun("right")} />
          </div>
          <Differences left={one} right={other} />
        </>
      ) : null}
      {!failed && !(one && other) ? <Loading /> : null}
    </>
  );
}

function Differences({ left, right }: { left: Side; right: Side }) {
  const [one, other] = [textsOf(left), textsOf(right)];
  return (
    <>
      <h2 className="text-base">How they ended</h2>
      <ComparedFacts label="How they ended" facts={compareOutcomes(left.run, right.run)} />
      <h2 className="text-base">States</h2>
      <ComparedFacts label="States" facts={compareStates(left.run, right.run)} />
      <TextDiff title="Definition" left={one.definition} right={other.definition} />
      <TextDiff title="Input" left={one.input} right={other.input} />
      <TextDiff title="Output" left={one.output} right={other.output} />
    </>
  );
}
