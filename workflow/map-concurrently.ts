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
  async function readOne(item: T) {
    const result = await read(item);
    if (result !== undefined) results.push(result);
  }
  await eachConcurrently(items, readOne, report);
  return results;
}

/** The same for more than there is room for: an item is taken when one before it is done with, and nothing is kept. */
export async function eachConcurrently<T>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<void>,
  report?: ReportUnreadable,
): Promise<void> {
  const rest = inOrder(items);
  async function workOn() {
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      try {
        await work(next.value);
      } catch (error) {
        if (!report || !(error instanceof UnreadableRecord)) throw error;
        report(error);
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: READS_AT_ONCE }, workOn));
  } finally {
    // Once one has failed, no other begins.
    await rest.return(undefined);
  }
}

async function* inOrder<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** @returns them so many at a time, each group as soon as it is full */
export async function* inGroups<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
