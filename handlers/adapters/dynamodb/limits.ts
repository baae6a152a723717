/** Counters in the table that forget themselves: one conditional write for each request that is counted, and no read. */
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { LimitStore } from "#workflow/ports/stores.ts";
import { holds, keys, type Table } from "./table.ts";

export function createLimitStore({ client, tableName }: Table): LimitStore {
  /** Windows that are used up, with their ends: nothing is written for who goes on all the same. */
  const usedUp = new Map<string, number>();

  function forgetBefore(second: number): void {
    for (const [window, until] of usedUp) if (until <= second) usedUp.delete(window);
  }

  return {
    async countRequest({ userId, limit, since, until }, most) {
      const key = keys.limit(userId, limit, since);
      const window = `${key.PK} ${key.SK}`;
      if (usedUp.has(window)) return false;
      const isCounted = await holds(
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: key,
            UpdateExpression: "ADD #count :one SET forgetAt = :forgetAt",
            ConditionExpression: "attribute_not_exists(#count) OR #count < :most",
            ExpressionAttributeNames: { "#count": "count" },
            // DynamoDB deletes it some time after; on one machine it stays.
            ExpressionAttributeValues: { ":one": 1, ":most": most, ":forgetAt": until },
          }),
        ),
      );
      if (!isCounted) {
        forgetBefore(since);
        usedUp.set(window, until);
      }
      return isCounted;
    },
  };
}
