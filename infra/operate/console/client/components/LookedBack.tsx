/** How far a list has looked, and the way on: what it has not looked at is not what there is not. */
import type { Looked } from "#infra/operate/console/contract.ts";
import type { Place } from "../use-place.ts";
import { formatTime } from "../words.ts";
import { Pager } from "./Pager.tsx";

interface LookedBackProps {
  looked: Looked;
  place: Place;
}

export function LookedBack({ looked: { next, looked, lookedBackTo }, place }: LookedBackProps) {
  return (
    <div className="ml-auto flex flex-wrap items-center gap-3">
      {place.isFiltered && next ? (
        <output className="text-muted">
          {lookedBackTo ? `Looked at ${looked}, back to ${formatTime(lookedBackTo)}` : "Looking"}
        </output>
      ) : null}
      <Pager place={place} next={next} />
    </div>
  );
}
