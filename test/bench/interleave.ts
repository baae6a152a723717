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
}

const WARM_UP = 50;

/** @param subjects one call of each; what rejects counts by the time that it took */
export async function interleave<Name extends string>(
  subjects: Record<Name, () => Promise<unknown>>,
  { calls, atOnce }: Turns,
): Promise<Record<Name, Latencies>> {
  const names = Object.keys(subjects) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const name of names) await repeat(subjects[name], Math.min(WARM_UP, calls), atOnce);
  const turn = Math.max(atOnce, Math.ceil(calls / 20));
  for (let done = 0; done < calls; done += turn) {
    for (const name of names) times[name].push(...(await repeat(subjects[name], turn, atOnce)));
  }
  return Object.fromEntries(names.map((name) => [name, summarize(times[name])])) as Record<Name, Latencies>;
}

/** @returns milliseconds of each call */
export async function repeat(
  call: (index: number) => Promise<unknown>,
  calls: number,
  atOnce: number,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < calls; index = next++) {
      const startedAt = performance.now();
      await call(index).catch(() => undefined);
      times.push(performance.now() - startedAt);
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
