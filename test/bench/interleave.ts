/** Measures several ways to do the same in turns, so that what else the machine does meets all of them alike. */
import { performance } from "node:perf_hooks";

interface Latencies {
  /** Milliseconds. */
  p50: number;
  p99: number;
}

interface Measured extends Latencies {
  /** Calls per second of its own turns. */
  perSecond: number;
}

interface Turns {
  /** Calls per subject, without the warm-up. */
  calls: number;
  atOnce: number;
  /** How many. A turn must be long for its two ends, where fewer calls are under way, to weigh little. */
  turns: number;
  /** Waits until what a turn has left behind no longer weighs on the next one. */
  settle?: () => Promise<void>;
}

/** One call, given a count that no two calls of a measurement share. It may say itself how many milliseconds it took. */
type Subject = (index: number) => Promise<number | void>;

const WARM_UP = 100;

/** @throws what a call throws: a way that fails is not measured as a fast one */
export async function interleave<Name extends string>(
  subjects: Record<Name, Subject>,
  { calls, atOnce, turns, settle = async () => {} }: Turns,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(subjects) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const seconds = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  let count = 0;
  const takeTurn = async (name: Name, length: number) => {
    const begin = count;
    count += length;
    const startedAt = performance.now();
    const taken = await repeat((index) => subjects[name](begin + index), length, atOnce);
    seconds[name] += (performance.now() - startedAt) / 1000;
    await settle();
    return taken;
  };
  for (const name of names) {
    await takeTurn(name, WARM_UP);
    seconds[name] = 0;
  }
  for (let turn = 0; turn < turns; turn++) {
    for (const name of names) times[name].push(...(await takeTurn(name, Math.ceil(calls / turns))));
  }
  const measure = (name: Name): Measured => ({
    ...summarize(times[name]),
    perSecond: times[name].length / seconds[name],
  });
  return Object.fromEntries(names.map((name) => [name, measure(name)])) as Record<Name, Measured>;
}

/** @returns how many calls of each subject `interleave` makes at most, the warm-up with them */
export const mostCalls = ({ calls, turns }: Turns): number => calls + turns + WARM_UP;

/** @returns milliseconds of each call */
export async function repeat(call: Subject, calls: number, atOnce: number): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < calls; index = next++) {
      const startedAt = performance.now();
      const took = await call(index);
      times.push(took ?? performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return times;
}

export function summarize(times: number[]): Latencies {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
