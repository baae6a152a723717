/** Periods of whole seconds, by which the payment provider dates what it lists: cut up, joined, and written down. */
import type { Period } from "../period.ts";
import type { Stretch } from "../ports/stores.ts";

const SECOND_MS = 1_000;
/** Shorter parts would cost more requests than they save time. */
const SHORTEST_MS = 15 * 60 * SECOND_MS;

export const toSecond = (ms: number) => Math.floor(ms / SECOND_MS) * SECOND_MS;

/** @returns the second in which it happened */
export function secondOf(at: string): Period {
  const since = toSecond(Date.parse(at));
  return { since: new Date(since), until: new Date(since + SECOND_MS) };
}

export const isWithin = ({ since, until }: Period, at: string): boolean =>
  since.getTime() <= Date.parse(at) && Date.parse(at) < until.getTime();

/** @returns as many parts at most */
export function cutUp({ since, until }: Period, most: number): Period[] {
  const length = until.getTime() - since.getTime();
  const parts = Math.min(most, Math.ceil(length / SHORTEST_MS));
  const edge = (index: number) => new Date(since.getTime() + toSecond((length * index) / parts));
  return Array.from({ length: parts }, (_, index) => ({
    since: edge(index),
    until: index === parts - 1 ? until : edge(index + 1),
  }));
}

/** @returns as many periods at most, oldest first, which take in all of these and as little beside them as can be */
export function join(periods: Period[], most = Infinity): Period[] {
  const sorted = periods.toSorted((one, other) => one.since.getTime() - other.since.getTime());
  const joined: Period[] = [];
  for (const period of sorted) {
    const last = joined.at(-1);
    if (last && period.since <= last.until) last.until = laterOf(last.until, period.until);
    else joined.push({ ...period });
  }
  if (joined.length <= most) return joined;
  const gaps = joined
    .slice(1)
    .map(({ since }, index) => ({ index: index + 1, ms: since.getTime() - endOf(joined[index]) }));
  const kept = gaps.toSorted((one, other) => other.ms - one.ms).slice(0, most - 1);
  const begins = [0, ...kept.map(({ index }) => index).toSorted((one, other) => one - other)];
  return begins.flatMap((from, index) => {
    const first = joined[from];
    const last = joined[(begins[index + 1] ?? joined.length) - 1];
    return first && last ? [{ since: first.since, until: last.until }] : [];
  });
}

const laterOf = (one: Date, other: Date) => (one > other ? one : other);
const endOf = (period: Period | undefined) => period?.until.getTime() ?? 0;

export const toStretch = ({ since, until }: Period): Stretch => ({
  since: since.toISOString(),
  until: until.toISOString(),
});

export const toPeriod = ({ since, until }: Stretch): Period => ({
  since: new Date(since),
  until: new Date(until),
});
