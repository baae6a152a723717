/** What comes of a way that is gone differently: all that differs in the end, whatever it began with. */
import type { Path } from "./path.ts";
import type { Played } from "./play.ts";
import { isSameJson } from "./same-json.ts";

export const ASPECTS = ["states", "retries", "end", "output"] as const;
export type Aspect = (typeof ASPECTS)[number];

/** @returns nothing where the record does not say what would follow */
export function findDifferingAspects(recorded: Path, { path: played, question }: Played): Aspect[] {
  if (question) return [];
  return ASPECTS.filter((aspect) => !IS_SAME[aspect](recorded, played));
}

const IS_SAME: Record<Aspect, (one: Path, other: Path) => boolean> = {
  states: (one, other) => statesOf(one) === statesOf(other),
  retries: (one, other) => retriesOf(one) === retriesOf(other),
  end: (one, other) =>
    endOf(one)?.status === endOf(other)?.status && endOf(one)?.error === endOf(other)?.error,
  output: (one, other) => isSameJson(endOf(one)?.output ?? "null", endOf(other)?.output ?? "null"),
};

const visitsOf = ({ stretches }: Path) => stretches.flatMap(({ visits }) => visits);
const endOf = ({ stretches }: Path) => stretches.at(-1)?.end;
const statesOf = (path: Path) =>
  visitsOf(path)
    .map(({ state }) => state)
    .join("\n");

/** Of each state that is tried more than once, wherever it comes. */
const retriesOf = (path: Path) =>
  visitsOf(path)
    .filter(({ attempts }) => attempts.length > 1)
    .map(({ state, attempts }) => `${state} ${attempts.length}`)
    .join("\n");
