/** Measures several ways to do the same in turns, so that what else the machine does meets all of them alike. */
import { performance } from "node:perf_hooks";

export interface Latencies {
  /** Milliseconds. */
  p50: number;
  p99: number;
}

export interface Turns {
  /** Calls per subject, without the warm-up. */
  calls: number;
  atOnce: number;
  /** Waits until what a turn has left behind no longer weighs on the next one. */
  settle?: () => Promise<void>;
}

/** One call, given a count that no two calls of a measurement share. It may say itself how many milliseconds it took. */
export type Subject = (index: number) => Promise<number | void>;

const WARM_UP = 100;
const TURNS = 20;

/** @throws what a call throws: a way that fails is not measured as a fast one */
export async function interleave<Name extends string>(
  subjects: Record<Name, Subject>,
  { calls, atOnce, settle = async () => {} }: Turns,
): Promise<Record<Name, Latencies>> {
  const names = Object.keys(subjects) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  let count = 0;
  const takeTurn = async (name: Name, length: number) => {
    const begin = count;
    count += length;
    const taken = await repeat((index) => subjects[name](begin + index), length, atOnce);
    await settle();
    return taken;
  };
  for (const name of names) await takeTurn(name, Math.min(WARM_UP, calls));
  const turn = turnLength({ calls, atOnce });
  for (let done = 0; done < calls; done += turn) {
    for (const name of names) times[name].push(...(await takeTurn(name, turn)));
  }
  return Object.fromEntries(names.map((name) => [name, summarize(times[name])])) as Record<Name, Latencies>;
}

/** Long enough that the calls at its two ends, which have fewer beside them, weigh little. */
const turnLength = ({ calls, atOnce }: Turns) => Math.max(16 * atOnce, Math.ceil(calls / TURNS));

/** @returns how many calls of each subject `interleave` makes at most, the warm-up with them */
export const mostCalls = (turns: Turns): number => turns.calls + turnLength(turns) + WARM_UP;

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
