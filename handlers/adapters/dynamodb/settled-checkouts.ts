/** Settled checkouts in the table. */
import { settledCheckoutSchema } from "#workflow/model.ts";
import type { SettledCheckoutStore } from "#workflow/ports/stores.ts";
import { getItem, keys, putItemIf, type Table } from "./table.ts";

export function createSettledCheckoutStore(table: Table): SettledCheckoutStore {
  return {
    async findSettledCheckout(userId, checkoutSessionId) {
      const item = await getItem(table, keys.settledCheckout(userId, checkoutSessionId));
      return item ? settledCheckoutSchema.parse(item) : undefined;
    },

    replaceSettledCheckout: (next, previous) =>
      putItemIf(
        table,
        { ...keys.settledCheckout(next.userId, next.checkoutSessionId), ...next },
        unchangedSince(previous?.followedUpAt, Boolean(previous)),
      ),
  };
}

/** Every change of the item sets another `followedUpAt` or was preceded by one, so that this tells the versions apart. */
function unchangedSince(followedUpAt: string | undefined, exists: boolean) {
  if (!exists) return { ConditionExpression: "attribute_not_exists(PK)" };
  if (!followedUpAt)
    return { ConditionExpression: "attribute_exists(PK) AND attribute_not_exists(followedUpAt)" };
  return {
    ConditionExpression: "followedUpAt = :previous",
    ExpressionAttributeValues: { ":previous": followedUpAt },
  };
}
