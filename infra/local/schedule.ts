/** Does what EventBridge's schedule does: invokes a function every so often, once at a time. */
export interface Schedule {
  /** Resolves when the invocation in hand is done. */
  close(): Promise<void>;
}

/** @param run what goes wrong in it is its own to report; the next time comes all the same */
export function startSchedule(everyMs: number, run: () => Promise<unknown>): Schedule {
  let underWay: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    underWay = underWay.then(run).catch(() => undefined);
  }, everyMs);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await underWay;
    },
  };
}
