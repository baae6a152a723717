/** The tags of what has an ARN. They outlive a restart. */
import type { Database } from "../storage/database.ts";
import { createKeyedLock } from "../storage/keyed-lock.ts";

type Tags = Record<string, string>;

export type TagStore = ReturnType<typeof createTagStore>;

export function createTagStore(database: Database) {
  const stored = database.sublevel<string, Tags>("tags", { valueEncoding: "json" });
  const inTurn = createKeyedLock();
  const list = async (arn: string): Promise<Tags> => (await stored.get(arn)) ?? {};

  return {
    /** @returns values by key */
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
