/** A few at once, so that a day's purchases are neither read one by one nor all at the same time. */

const READS_AT_ONCE = 10;

/** @returns what was found, without the items for which `read` finds nothing; in no particular order */
export async function mapConcurrently<T, Result>(
  items: T[],
  read: (item: T) => Promise<Result | undefined>,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.values();
  async function readOn() {
    for (const item of rest) {
      const result = await read(item);
      if (result !== undefined) results.push(result);
    }
  }
  await Promise.all(Array.from({ length: READS_AT_ONCE }, readOn));
  return results;
}
