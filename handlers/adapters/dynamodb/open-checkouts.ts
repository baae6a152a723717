/** Open checkouts in the table. */
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { openCheckoutSchema } from "#workflow/model.ts";
import type { OpenCheckoutStore } from "#workflow/ports/stores.ts";
import { getItem, holds, keys, putItemIf, type Table } from "./table.ts";

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

    async closeOpenCheckout({ userId, courseId, checkoutSessionId }, at) {
      await holds(
        table.client.send(
          new UpdateCommand({
            TableName: table.tableName,
            Key: keys.openCheckout(userId, courseId),
            ConditionExpression: "checkoutSessionId = :session",
            UpdateExpression: "SET closedAt = :at",
            ExpressionAttributeValues: { ":session": checkoutSessionId, ":at": at },
          }),
        ),
      );
    },
  };
}
