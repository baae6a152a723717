/** What stands in a table, read as dynalite keeps it. */
import * as dynalite from "dynalite/db/index.js";

export function findTable(store: dynalite.Store, name: string): Promise<dynalite.Table> {
  return new Promise((resolve, reject) => {
    store.getTable(name, (error, table) => (error ? reject(error) : resolve(table)));
  });
}

/** @param key at least the attributes of the key */
export async function findItem(
  store: dynalite.Store,
  name: string,
  key: dynalite.Item,
): Promise<dynalite.Item | undefined> {
  const stored = dynalite.createKey(key, await findTable(store, name));
  return new Promise((resolve, reject) => {
    store.getItemDb(name).get(stored, (error, item) => {
      if (error && (error as Error).name !== "NotFoundError") reject(error);
      else resolve(item);
    });
  });
}
