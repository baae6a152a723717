import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DeleteCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, expect, test } from "vitest";
import type { Table } from "#handlers/adapters/dynamodb/table.ts";
import { useRealTable } from "#test/support/real-table.ts";

const openTable = useRealTable();
let table: Table;
const key = (PK: string) => ({ PK, SK: "METADATA" });

beforeAll(() => {
  table = openTable();
});

const put = (Item: object, more: object = {}) =>
  table.client.send(new PutCommand({ TableName: table.tableName, Item, ...more }));
const update = (PK: string, UpdateExpression: string, values: object, more: object = {}) =>
  table.client.send(
    new UpdateCommand({
      TableName: table.tableName,
      Key: key(PK),
      UpdateExpression,
      ExpressionAttributeValues: values as Record<string, unknown>,
      ...more,
    }),
  );

test("a condition that does not hold tells what stands there, to those who ask for it", async () => {
  const item = { ...key("standing"), note: "here" };
  await put(item);
  const condition = {
    ConditionExpression: "attribute_not_exists(PK)",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  };
  const standing = { Item: { PK: { S: "standing" }, SK: { S: "METADATA" }, note: { S: "here" } } };
  const failed = { name: "ConditionalCheckFailedException", ...standing };
  await expect(put(item, condition)).rejects.toMatchObject(failed);
  await expect(update("standing", "SET note = :n", { ":n": "x" }, condition)).rejects.toMatchObject(failed);
  const deletion = new DeleteCommand({ TableName: table.tableName, Key: key("standing"), ...condition });
  await expect(table.client.send(deletion)).rejects.toMatchObject(failed);
  const silent = put(item, { ConditionExpression: "attribute_not_exists(PK)" });
  await expect(silent).rejects.toMatchObject({ Item: undefined });
});

test("an empty key of an index is refused wherever it comes from, and an empty text elsewhere is taken", async () => {
  const refused = { name: "ValidationException", message: expect.stringContaining("index key") as string };
  await put({ ...key("full"), GSI1PK: "one", GSI1SK: "two", note: "" });
  await expect(put({ ...key("empty"), GSI1PK: "", GSI1SK: "x" })).rejects.toMatchObject(refused);
  await expect(update("full", "SET GSI1SK = :e", { ":e": "" })).rejects.toMatchObject(refused);
  await expect(update("new", "SET GSI1PK = if_not_exists(GSI1PK, :e)", { ":e": "" })).rejects.toMatchObject(
    refused,
  );
  await expect(update("full", "SET GSI1PK = note, amount = :o", { ":o": 1 })).rejects.toMatchObject(refused);
  await update("full", "SET GSI1PK = if_not_exists(GSI1PK, :e)", { ":e": "" });
  const batch = new BatchWriteCommand({
    RequestItems: { [table.tableName]: [{ PutRequest: { Item: { ...key("batch"), GSI1PK: "" } } }] },
  });
  await expect(table.client.send(batch)).rejects.toMatchObject(refused);
});

test("a key of an index is as long as DynamoDB lets it be", async () => {
  await put({ ...key("long"), GSI1PK: "x".repeat(2048), GSI1SK: "y".repeat(1024) });
  const refused = { name: "ValidationException", message: expect.stringContaining("size limit") as string };
  await expect(put({ ...key("long"), GSI1PK: "x".repeat(2049) })).rejects.toMatchObject(refused);
  await expect(update("long", "SET GSI1SK = :y", { ":y": "y".repeat(1025) })).rejects.toMatchObject(refused);
});

test("a table that is there already is named, and what a table cannot have here is refused", async () => {
  const { client } = table;
  const create = (more: object) =>
    client.send(
      new CreateTableCommand({
        TableName: table.tableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "PK", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "PK", KeyType: "HASH" }],
        ...more,
      }),
    );
  await expect(create({})).rejects.toMatchObject({
    name: "ResourceInUseException",
    message: `Table already exists: ${table.tableName}`,
  });
  const streamed = create({ TableName: "streamed", StreamSpecification: { StreamEnabled: true } });
  await expect(streamed).rejects.toMatchObject({ name: "ValidationException" });
});
