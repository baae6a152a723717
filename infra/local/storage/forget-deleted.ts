/**
 * LevelDB keeps what was deleted or replaced in its files until it has a reason to write them anew. Whoever was erased must be
 * gone from the disk, too.
 */
import { type Database, openDatabase } from "./database.ts";

/** Before and behind every key that anybody else uses. That the first is there means that something was deleted. */
const LOWEST = "\u0000";
const HIGHEST = "\u{10ffff}";

/** To be called before something is deleted: a process that is killed then leaves the forgetting to the next one. */
export const noteDeletion = (database: Database) => database.put(LOWEST, true);

export const hasDeleted = async (database: Database) => (await database.get(LOWEST)) !== undefined;

/** @param directory of a database that is closed: as long as anybody is reading, LevelDB keeps what they could still see */
export async function forgetDeleted(directory: string): Promise<void> {
  const database = await openDatabase(directory);
  try {
    await database.compactRange(LOWEST, HIGHEST);
    // What that has written is merged with older files only when something newer lies on both sides of all of it.
    await database.batch([
      { type: "put", key: LOWEST, value: true },
      { type: "put", key: HIGHEST, value: true },
    ]);
    await database.compactRange(LOWEST, HIGHEST);
    await database.batch([
      { type: "del", key: LOWEST },
      { type: "del", key: HIGHEST },
    ]);
  } finally {
    await database.close();
  }
}
