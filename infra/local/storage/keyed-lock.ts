/** Lets one caller at a time work on a thing, while others on other things go ahead. */
export function createKeyedLock() {
  const last = new Map<string, Promise<unknown>>();

  return async function exclusively<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = last.get(key);
    const mine = before ? before.then(work, work) : work();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

export type Exclusively = ReturnType<typeof createKeyedLock>;
