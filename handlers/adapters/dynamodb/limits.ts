/** Counters in the table that forget themselves: one conditional write for each request that is counted, and no read. */
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { LimitStore } from "#workflow/ports/stores.ts";
import { holds, keys, type Table } from "./table.ts";

export function createLimitStore({ client, tableName }: Table): LimitStore {
  return {
    countRequest: ({ userId, limit, since, until }, most) =>
      holds(
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: keys.limit(userId, limit, since),
            UpdateExpression: "ADD #count :one SET forgetAt = :forgetAt",
            ConditionExpression: "attribute_not_exists(#count) OR #count < :most",
            ExpressionAttributeNames: { "#count": "count" },
            // DynamoDB deletes it some time after; on one machine it stays.
            ExpressionAttributeValues: { ":one": 1, ":most": most, ":forgetAt": until },
          }),
        ),
      ),
  };
}
