/** Does what EventBridge's schedule does: invokes a function every so often, once at a time, and again when it fails. */
import { setTimeout as pause } from "node:timers/promises";

export interface Schedule {
  /** Resolves when the invocation in hand is done. */
  close(): Promise<void>;
}

interface Pace {
  everyMs: number;
  /** How long after each failure it is tried again; not at all unless given. */
  retryAfterMs?: number[];
}

/** @param run what goes wrong in it is its own to report; the next time comes all the same */
export function startSchedule({ everyMs, retryAfterMs = [] }: Pace, run: () => Promise<unknown>): Schedule {
  const closing = new AbortController();
  let underWay: Promise<unknown> = Promise.resolve();

  async function runPatiently(): Promise<void> {
    for (const delayMs of [...retryAfterMs, undefined]) {
      const isDone = await run().then(
        () => true,
        () => false,
      );
      if (isDone || delayMs === undefined || closing.signal.aborted) return;
      await pause(delayMs, undefined, { signal: closing.signal, ref: false }).catch(() => {});
    }
  }

  const timer = setInterval(() => {
    underWay = underWay.then(runPatiently);
  }, everyMs);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      closing.abort();
      await underWay;
    },
  };
}
