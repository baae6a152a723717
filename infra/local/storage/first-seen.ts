/** Since when something is there that every start makes anew in memory. */
import type { Database } from "./database.ts";

const openDates = (database: Database) =>
  database.sublevel<string, number>("first-seen", { valueEncoding: "json" });

/**
 * @param thing its kind and name, e.g. `queue/bursar-webhook-queue`
 * @returns milliseconds since 1970: now, unless an earlier start or this one has asked before
 */
export async function firstSeenAt(database: Database, thing: string): Promise<number> {
  const dates = openDates(database);
  const known = await dates.get(thing);
  if (known !== undefined) return known;
  const now = Date.now();
  await dates.put(thing, now);
  return now;
}

export const forgetFirstSeen = (database: Database, thing: string): Promise<void> =>
  openDates(database).del(thing);
