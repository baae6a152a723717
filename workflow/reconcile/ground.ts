/** How far a sweep has come with one kind of records: what is read, what is left of it, and what is to be read again. */
import type { Period } from "../period.ts";
import type { Ground } from "../ports/stores.ts";
import { cutUp, join, secondOf, toPeriod, toStretch } from "./periods.ts";

/** As many periods as are kept apart; more are joined, and then something is read again that need not be. */
const MOST_KEPT = 100;
/** Parts are read to their end where there is room and time for it: the fewer purchases of one, the fewer too many. */
const MOST_PARTS = 100;

export interface OpenGround {
  until: Date;
  left: Period[];
  again: Period[];
}

/** @param furthest nothing is to be read of what lies before it */
export function openGround(
  stored: Ground | undefined,
  sweptUntil: string | undefined,
  furthest: Date,
): OpenGround {
  const until = new Date(stored?.until ?? sweptUntil ?? furthest);
  const within = (periods: Ground["left"] = []) =>
    periods
      .map(toPeriod)
      .filter((period) => period.until > furthest)
      .map((period) => (period.since < furthest ? { ...period, since: furthest } : period));
  return {
    until: until > furthest ? until : furthest,
    left: within(stored?.left),
    again: within(stored?.again),
  };
}

export const closeGround = ({ until, left, again }: OpenGround): Ground => ({
  until: until.toISOString(),
  left: join(left, MOST_KEPT).map(toStretch),
  again: join(again, MOST_KEPT).map(toStretch),
});

/** @returns before when everything is read, and nothing is to be read again */
export const doneUntil = ({ until, left, again }: Ground): string =>
  [until, ...[...left, ...again].map(({ since }) => since)].toSorted()[0] ?? until;

export const takeAgain = (ground: OpenGround): Period[] => ground.again.splice(0);

/** @returns what is to be read next, oldest first: undefined once everything up to `goal` is read */
export function takeNext(ground: OpenGround, goal: Date): Period[] | undefined {
  if (ground.until < goal) {
    ground.left.push({ since: ground.until, until: goal });
    ground.until = goal;
  }
  const oldest = join(ground.left).slice(0, MOST_PARTS);
  ground.left = join(ground.left).slice(MOST_PARTS);
  return oldest.length > 0
    ? oldest.flatMap((period) => cutUp(period, Math.floor(MOST_PARTS / oldest.length)))
    : undefined;
}

/** Something has failed that happened then, or is not to be known yet. */
export function readAgain(ground: OpenGround, at: string): void {
  ground.again.push(secondOf(at));
  if (ground.again.length > 10 * MOST_KEPT) ground.again = join(ground.again, MOST_KEPT);
}

export const isRead = ({ left, until }: OpenGround, goal: Date): boolean =>
  left.length === 0 && until >= goal;
