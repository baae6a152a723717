/** Runs the tasks of one key one after another, those of different keys side by side. */
export function createKeyedQueue() {
  const last = new Map<string, Promise<unknown>>();
  return async function enqueue<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = last.get(key);
    const result = before ? before.then(task, task) : task();
    last.set(key, result);
    try {
      return await result;
    } finally {
      if (last.get(key) === result) last.delete(key);
    }
  };
}
