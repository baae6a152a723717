/** Open checkouts in the table. */
import { openCheckoutSchema } from "#workflow/model.ts";
import type { OpenCheckoutStore } from "#workflow/ports.ts";
import { getItem, keys, putItemIf, type Table } from "./table.ts";

export function createOpenCheckoutStore(table: Table): OpenCheckoutStore {
  return {
    async findOpenCheckout(userId, courseId) {
      const item = await getItem(table, keys.openCheckout(userId, courseId));
      return item ? openCheckoutSchema.parse(item) : undefined;
    },

    replaceOpenCheckout: (next, previous) =>
      putItemIf(
        table,
        { ...keys.openCheckout(next.userId, next.courseId), ...next },
        previous
          ? {
              ConditionExpression: "checkoutSessionId = :previous",
              ExpressionAttributeValues: { ":previous": previous.checkoutSessionId },
            }
          : { ConditionExpression: "attribute_not_exists(PK)" },
      ),
  };
}
