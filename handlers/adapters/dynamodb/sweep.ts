/** How far the reconciliation has come, in the table. */
import * as z from "zod/mini";
import type { SweepStore } from "#workflow/ports/stores.ts";
import { readItem } from "./read-item.ts";
import { getItem, keys, putItemIf, type Table } from "./table.ts";

const instant = z.iso.datetime();
const stretches = z.array(z.object({ since: instant, until: instant }));
const ground = z.object({ until: instant, left: stretches, again: stretches });

const sweepSchema = z.object({
  sweptUntil: instant,
  saves: z.optional(z.int()),
  isUnfinished: z.optional(z.boolean()),
  checkouts: z.optional(ground),
  notices: z.optional(ground),
  deliveredAhead: z.optional(z.array(z.string())),
});

export function createSweepStore(table: Table): SweepStore {
  return {
    async findSweep() {
      const item = await getItem(table, keys.sweep());
      return item ? readItem(sweepSchema, item) : undefined;
    },

    saveSweep: (next, previous) => putItemIf(table, { ...keys.sweep(), ...next }, stillAs(previous)),
  };
}

/** Two sweeps may have come equally far, so saves are counted. Earlier versions did not count. */
function stillAs(previous: Parameters<SweepStore["saveSweep"]>[1]) {
  if (!previous) return { ConditionExpression: "attribute_not_exists(PK)" };
  const { saves, sweptUntil } = previous;
  return saves
    ? { ConditionExpression: "saves = :previous", ExpressionAttributeValues: { ":previous": saves } }
    : {
        ConditionExpression: "attribute_not_exists(saves) AND sweptUntil = :previous",
        ExpressionAttributeValues: { ":previous": sweptUntil },
      };
}
