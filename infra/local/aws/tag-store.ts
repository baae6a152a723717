/** The tags of what has an ARN. They outlive a restart. */
import type { Database } from "../storage/database.ts";
import { createKeyedLock } from "../storage/keyed-lock.ts";

type Tags = Record<string, string>;

export type TagStore = ReturnType<typeof createTagStore>;

export function createTagStore(database: Database) {
  const stored = database.sublevel<string, Tags>("tags", { valueEncoding: "json" });
  const inTurn = createKeyedLock();
  const find = (arn: string): Promise<Tags | undefined> => stored.get(arn);
  const list = async (arn: string): Promise<Tags> => (await find(arn)) ?? {};

  return {
    /** @returns values by key; undefined when it has never had a tag */
    find,
    list,

    add: (arn: string, tags: Tags) =>
      inTurn(arn, async () => stored.put(arn, { ...(await list(arn)), ...tags })),

    remove: (arn: string, keys: string[]) =>
      inTurn(arn, async () => {
        const kept = Object.entries(await list(arn)).filter(([key]) => !keys.includes(key));
        await stored.put(arn, Object.fromEntries(kept));
      }),
  };
}
