/** What could not be turned into an enrollment, by error and course and one by one, each with the way back. */
import { Link } from "react-router";
import type { FollowedLetters } from "#infra/operate/console/contract.ts";
import { Away } from "../components/Away.tsx";
import { LetterFilters } from "../components/LetterFilters.tsx";
import { LetterGroups } from "../components/LetterGroups.tsx";
import { LetterItem } from "../components/LetterItem.tsx";
import { MakePlan } from "../components/MakePlan.tsx";
import { Empty, Loading, Notice } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { Pager } from "../components/Pager.tsx";
import { RecentPlans } from "../components/RecentPlans.tsx";
import { useChosen } from "../use-chosen.ts";
import { useLive } from "../use-live.ts";
import { type Place, usePlace } from "../use-place.ts";

export function DeadLettersPage() {
  const place = usePlace();
  const live = useLive<FollowedLetters>(`dead-letters?${place.query}`, 3_000);
  const { data, error, refresh, isLoading } = live;
  return (
    <Page title="Dead letters">
      <p className="-mt-2 max-w-prose text-muted">
        Each is a payment without an enrollment. Mend the cause, redrive the execution, and remove the letter
        once the execution has succeeded.{" "}
        <Link to="/runbook/dead-letters" className="text-accent underline">
          What to mend, by error
        </Link>
      </p>
      <RecentPlans />
      {data ? <LetterFilters place={place} letters={data} /> : null}
      <div className="grid gap-4" aria-busy={isLoading}>
        <Away live={live} />
        {!data && !error ? <Loading rows={3} /> : null}
        {data ? <Letters letters={data} place={place} onDone={refresh} /> : null}
      </div>
    </Page>
  );
}

interface LettersProps {
  letters: FollowedLetters;
  place: Place;
  onDone: () => void;
}

function Letters({ letters, place, onDone }: LettersProps) {
  const { deadLetters, groups, matching, read, total, next } = letters;
  const chosen = useChosen(place);
  const outOfSight = total - read;
  return (
    <>
      {outOfSight > 0 ? (
        <Notice tone="warn">
          About {total} are in the queue, and {read} could be read: the others are in somebody's hands at the
          moment.
        </Notice>
      ) : null}
      {matching === 0 ? <NoLetters isFiltered={place.isFiltered} /> : null}
      {matching > 0 ? (
        <>
          <MakePlan place={place} groups={groups} matching={matching} chosen={chosen} />
          <LetterGroups groups={groups} place={place} chosen={chosen} />
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h2 className="text-base">One by one, oldest first</h2>
            <Pager place={place} next={next} words={["Before", "Next"]} />
          </div>
          <ul className="grid gap-3">
            {deadLetters.map((letter) => (
              <LetterItem key={letter.messageId} letter={letter} chosen={chosen} onDone={onDone} />
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

function NoLetters({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <Empty title="No dead letter is like that">Try other filters, or fewer.</Empty>
  ) : (
    <Empty title="No dead letters">Every purchase found its way.</Empty>
  );
}
