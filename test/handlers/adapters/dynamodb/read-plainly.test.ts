import { Readable } from "node:stream";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { HttpResponse } from "@smithy/core/transport";
import { describe, expect, test } from "vitest";
import { openTable, queryAll } from "#handlers/adapters/dynamodb/table.ts";
import { useRealTable } from "#test/support/real-table.ts";

const realTable = useRealTable();

const PLAIN = {
  text: "Zoë",
  empty: "",
  count: 49,
  share: -0.25,
  isOpen: false,
  nothing: null,
  list: [1, "two", { three: [true, null] }],
  map: { title: "One", lessons: ["a", "b"] },
};
const OTHERS = {
  set: new Set(["a"]),
  numbers: new Set([1, 2]),
  bytes: Uint8Array.of(1, 2),
  large: 12_345_678_901_234_567_890n,
  within: [{ set: new Set(["b"]) }],
};

const queryOf = (key: string) => ({
  KeyConditionExpression: "PK = :key",
  ExpressionAttributeValues: { ":key": key },
});

function clientOf(requestHandler: DynamoDBClient["config"]["requestHandler"]) {
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  return new DynamoDBClient({ region: "us-east-1", credentials, requestHandler });
}

async function fillTable(key: string, items: object[]) {
  const { client, tableName } = realTable();
  for (const [index, item] of items.entries())
    await client.send(new PutCommand({ TableName: tableName, Item: { PK: key, SK: `${index}`, ...item } }));
}

/** @param answers what DynamoDB says, one after the other */
function tableThatAnswers(...answers: { statusCode: number; body: object }[]) {
  const handle = async () => {
    const { statusCode, body } = answers.shift() ?? { statusCode: 500, body: {} };
    const text = Buffer.from(JSON.stringify(body));
    const halves = [text.subarray(0, text.length / 2), text.subarray(text.length / 2)];
    return { response: new HttpResponse({ statusCode, headers: {}, body: Readable.from(halves) }) };
  };
  return openTable("a-table", clientOf({ handle } as DynamoDBClient["config"]["requestHandler"]));
}

describe("what a query finds", () => {
  test.each([
    ["plain values", [PLAIN, { text: "next" }]],
    ["values that none of our items has", [PLAIN, OTHERS]],
    ["nothing", []],
  ])("is what the SDK reads, of %s", async (kind, items) => {
    await fillTable(kind, items);
    const { client, tableName } = realTable();
    const command = () => new QueryCommand({ TableName: tableName, Limit: 2, ...queryOf(kind) });
    const theirs = DynamoDBDocumentClient.from(clientOf(client.config.requestHandler));
    const { $metadata: _ours, ...read } = await client.send(command());
    const { $metadata: _theirs, ...expected } = await theirs.send(command());
    expect(read).toEqual(expected);
    expect(read.Items).toHaveLength(items.length);
  });

  test("is no longer there when the SDK walks through the rest, which has where the next page begins", async () => {
    // The SDK knows an attribute by its first key, and of this kind it knows none.
    const onlyOurs = { field: { "": "", S: "value" } };
    const key = { PK: { S: "A" }, SK: { S: "0" } };
    const table = tableThatAnswers(
      { statusCode: 200, body: { Items: [onlyOurs], LastEvaluatedKey: key } },
      { statusCode: 200, body: { Items: [onlyOurs, onlyOurs] } },
    );
    await expect(queryAll(table, queryOf("A"))).resolves.toEqual([1, 2, 3].map(() => ({ field: "value" })));
  });

  test("is asked for again after an answer that is none, and what cannot be had is the SDK's error", async () => {
    const away = { statusCode: 503, body: { __type: "ServiceUnavailable" } };
    const found = { statusCode: 200, body: { Items: [{ field: { S: "value" } }] } };
    await expect(queryAll(tableThatAnswers(away, found), queryOf("A"))).resolves.toEqual([
      { field: "value" },
    ]);
    const refused = { statusCode: 400, body: { __type: "ResourceNotFoundException", message: "none" } };
    await expect(queryAll(tableThatAnswers(refused), queryOf("A"))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});
