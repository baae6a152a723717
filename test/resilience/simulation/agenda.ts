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
  /** A heap: each entry comes before the two at twice its place. Placing is then cheap, however many wait. */
  const entries: Entry[] = [];
  let now = startAt;
  let order = 0;

  function after(delayMs: number, work: () => void): void {
    order += 1;
    const entry = { at: now + Math.max(0, delayMs), order, work };
    let place = entries.length;
    for (;;) {
      const parent = (place - 1) >>> 1;
      const above = place > 0 ? entries[parent] : undefined;
      if (!above || comesBefore(above, entry)) break;
      entries[place] = above;
      place = parent;
    }
    entries[place] = entry;
  }

  /** @param entry to be placed where the first one was */
  function sink(entry: Entry): void {
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [one, other] = [entries[left], entries[left + 1]];
      const isOther = one && other && comesBefore(other, one);
      const next = isOther ? other : one;
      if (!next || comesBefore(entry, next)) break;
      entries[place] = next;
      place = isOther ? left + 1 : left;
    }
    entries[place] = entry;
  }

  return {
    now: () => now,
    after,
    sleep: (delayMs) => new Promise((resolve) => after(delayMs, resolve)),
    takeNext() {
      const [first] = entries;
      const last = entries.pop();
      if (!first || !last) return undefined;
      if (entries.length > 0) sink(last);
      now = first.at;
      return first.work;
    },
  };
}

const comesBefore = (one: Entry, other: Entry) =>
  one.at < other.at || (one.at === other.at && one.order < other.order);
