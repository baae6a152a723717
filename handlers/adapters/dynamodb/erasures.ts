/**
 * Who was erased, by a digest of the userId, and what stands in their place. Whoever has the userId finds it - an old token, an
 * event of Stripe's - and nobody else can tell whose it was.
 */
import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import type { Erasure, PersonalDataStore } from "#workflow/ports/personal-data.ts";
import { readItem } from "./read-item.ts";
import { getItem, keys, putItemIf, type Table } from "./table.ts";

const PSEUDONYM = /^erased-/;

const erasureSchema = z.object({
  pseudonym: z.string().check(z.regex(PSEUDONYM)),
  by: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
});

export async function findErasure(table: Table, userId: string): Promise<Erasure | undefined> {
  if (PSEUDONYM.test(userId)) return undefined;
  const item = await getItem(table, keys.erasure(userId));
  return item ? readItem(erasureSchema, item) : undefined;
}

export function createErasureStore(table: Table): Pick<PersonalDataStore, "findErasure" | "beginErasure"> {
  return {
    findErasure: (userId) => findErasure(table, userId),

    async beginErasure(userId, signed) {
      const erasure = { ...signed, pseudonym: `erased-${randomUUID()}` };
      const isNew = await putItemIf(
        table,
        { ...keys.erasure(userId), ...erasure },
        { ConditionExpression: "attribute_not_exists(PK)" },
      );
      return isNew ? erasure : ((await findErasure(table, userId)) ?? erasure);
    },
  };
}
