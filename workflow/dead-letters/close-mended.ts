/** Closes the letters of what went through. Until it has succeeded, a letter is the only sign of a purchase that failed. */
import { mapConcurrently } from "../map-concurrently.ts";
import type { DeadLetterQueue } from "../ports/queues.ts";
import { type EndItemPorts, endItem, type ItemUnderWay } from "./end-item.ts";

export interface Mended {
  item: ItemUnderWay;
  /** Which has succeeded. */
  executionName: string;
  /** Of its letters, those that were not closed yet. */
  missing: string[];
  /** Milliseconds since 1970: so long those of its letters are waited for that somebody else has in hand. */
  triesUntil?: number;
}

interface CloseMendedPorts extends EndItemPorts {
  queue: DeadLetterQueue;
  now: () => Date;
}

/** So long letters are out of sight for whoever looks at the queue, if they die over it. */
const HIDDEN_SECONDS = 60;
const PATIENCE_MS = 90_000;

/** Takes out of the set what is closed, or given up. */
export async function closeMended(
  mended: Set<Mended>,
  planId: string,
  ports: CloseMendedPorts,
): Promise<void> {
  if (mended.size === 0) return;
  const { queue, now } = ports;
  const wanted = new Set([...mended].flatMap(({ missing }) => missing));
  const taken = await queue.receiveDeadLetters(HIDDEN_SECONDS);
  const letters = taken.filter(({ messageId }) => wanted.has(messageId));
  const others = taken.filter(({ messageId }) => !wanted.has(messageId));
  await queue.deleteDeadLetters(letters);
  await queue.releaseDeadLetters(others);
  const closed = new Set(letters.map(({ messageId }) => messageId));
  // What is in nobody's hands, and was not found, is gone.
  const areAllSeen = (await queue.countDeadLetters()) <= others.length;
  await mapConcurrently([...mended], async (one) => {
    const { item, executionName } = one;
    one.missing = one.missing.filter((messageId) => !closed.has(messageId));
    one.triesUntil ??= now().getTime() + PATIENCE_MS;
    const isClosed = areAllSeen || one.missing.length === 0;
    if (!isClosed && now().getTime() < one.triesUntil) return;
    mended.delete(one);
    const told = `${executionName}: succeeded${isClosed ? "" : "; somebody else has its letter in hand"}`;
    await endItem(item, { state: isClosed ? "closed" : "left", told }, planId, ports);
  });
}
