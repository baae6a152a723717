/** Open checkouts in the table. */
import { openCheckoutSchema } from "#workflow/model.ts";
import type { OpenCheckoutStore } from "#workflow/ports/stores.ts";
import { readItem } from "./read-item.ts";
import { getItem, keys, putItemIf, type Table, updateItemIf } from "./table.ts";

export function createOpenCheckoutStore(table: Table): OpenCheckoutStore {
  return {
    async findOpenCheckout(userId, courseId) {
      const item = await getItem(table, keys.openCheckout(userId, courseId));
      return item ? readItem(openCheckoutSchema, item) : undefined;
    },

    replaceOpenCheckout: (next, previous) =>
      putItemIf(
        table,
        { ...keys.openCheckout(next.userId, next.courseId), ...next },
        previous ? stillAt(previous.attempt) : { ConditionExpression: "attribute_not_exists(PK)" },
      ),

    async closeOpenCheckout({ userId, courseId, checkoutSessionId }, at) {
      await updateItemIf(
        table,
        keys.openCheckout(userId, courseId),
        { set: { closedAt: at } },
        "checkoutSessionId = :session",
        { ":session": checkoutSessionId },
      );
    },
  };
}

/** Every change counts an attempt, so that this tells the versions apart. Earlier versions did not count. */
function stillAt(attempt: number) {
  return attempt === 0
    ? { ConditionExpression: "attribute_exists(PK) AND attribute_not_exists(attempt)" }
    : {
        ConditionExpression: "attempt = :previous",
        ExpressionAttributeValues: { ":previous": attempt },
      };
}
