/** How far the reconciliation has come, in the table. */
import * as z from "zod/mini";
import type { SweepStore } from "#workflow/ports/stores.ts";
import { readItem } from "./read-item.ts";
import { getItem, keys, putItemIf, type Table } from "./table.ts";

const sweepSchema = z.object({ sweptUntil: z.iso.datetime() });

export function createSweepStore(table: Table): SweepStore {
  return {
    async findSweep() {
      const item = await getItem(table, keys.sweep());
      return item ? readItem(sweepSchema, item) : undefined;
    },

    saveSweep: (next, previous) =>
      putItemIf(
        table,
        { ...keys.sweep(), ...next },
        previous
          ? {
              ConditionExpression: "sweptUntil = :previous",
              ExpressionAttributeValues: { ":previous": previous.sweptUntil },
            }
          : { ConditionExpression: "attribute_not_exists(PK)" },
      ),
  };
}
