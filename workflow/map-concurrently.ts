/** A few at once, so that a day's purchases are neither read one by one nor all at the same time. */
import type { ReportUnreadable } from "./ports/stores.ts";
import { UnreadableRecord } from "./unreadable-record.ts";

const READS_AT_ONCE = 10;

/**
 * @param report told of each item whose record cannot be read, while the others go on; without it that is an error
 * @returns what was found, without the items for which `read` finds nothing; in no particular order
 */
export async function mapConcurrently<T, Result>(
  items: T[],
  read: (item: T) => Promise<Result | undefined>,
  report?: ReportUnreadable,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.values();
  async function readOn() {
    for (const item of rest) {
      try {
        const result = await read(item);
        if (result !== undefined) results.push(result);
      } catch (error) {
        if (!report || !(error instanceof UnreadableRecord)) throw error;
        report(error);
      }
    }
  }
  await Promise.all(Array.from({ length: READS_AT_ONCE }, readOn));
  return results;
}
