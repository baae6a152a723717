/** Virtual time: what is to happen, in the order of its time. Between two entries no time passes. */

export interface Agenda {
  /** Milliseconds since 1970. */
  now(): number;
  after(delayMs: number, work: () => void): void;
  sleep(delayMs: number): Promise<void>;
}

interface Entry {
  at: number;
  order: number;
  work: () => void;
}

export function createAgenda(startAt: number): Agenda & { takeNext(): (() => void) | undefined } {
  /** The next entry is last. */
  const entries: Entry[] = [];
  let now = startAt;
  let order = 0;

  function after(delayMs: number, work: () => void): void {
    order += 1;
    const entry = { at: now + Math.max(0, delayMs), order, work };
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((entries[middle]?.at ?? 0) > entry.at) low = middle + 1;
      else high = middle;
    }
    entries.splice(low, 0, entry);
  }

  return {
    now: () => now,
    after,
    sleep: (delayMs) => new Promise((resolve) => after(delayMs, resolve)),
    takeNext() {
      const entry = entries.pop();
      if (entry) now = entry.at;
      return entry?.work;
    },
  };
}
