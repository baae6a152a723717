/** Lets one caller at a time work on a thing, while others on other things go ahead. */
export function createKeyedLock() {
  const tails = new Map<string, Promise<unknown>>();

  return async function exclusively<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = tails.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.catch(() => undefined);
    tails.set(key, settled);
    try {
      return await mine;
    } finally {
      if (tails.get(key) === settled) tails.delete(key);
    }
  };
}

export type Exclusively = ReturnType<typeof createKeyedLock>;
