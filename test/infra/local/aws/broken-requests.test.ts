import path from "node:path";
import { DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { ClassicLevel } from "classic-level";
import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { REGION, TABLE_NAME } from "#infra/local/names.ts";
import { createTable } from "#infra/local/seed.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";
import { postToAws } from "#test/support/sign-request.ts";
import { startTestEndpoint } from "./endpoint-fixture.ts";

const Key = { PK: { S: "COURSE#1" }, SK: { S: "METADATA" } };
const get = new GetItemCommand({ TableName: TABLE_NAME, Key });

/** As if a disk had harmed what is stored: dynalite stumbles over it long after it has taken the request. */
async function changeTable(dataDir: string, change: (table: object) => object): Promise<void> {
  const level = new ClassicLevel<string, object>(path.join(dataDir, "dynamodb"), { valueEncoding: "json" });
  for await (const [key, table] of level.iterator({ gt: "table~", lt: "table~\u00ff" }))
    await level.put(key, change(table));
  await level.close();
}

const withoutKeys = (table: object) => ({ ...table, KeySchema: undefined, AttributeDefinitions: undefined });

test("what dynalite throws where nobody can catch it is answered with 500 and logged, and it serves on", async () => {
  const stderr = vi.spyOn(console, "error").mockImplementation(() => {});
  const first = await startTestEndpoint();
  await createTable(first.dynamoDb);
  await first.close();
  await changeTable(first.dataDir, withoutKeys);

  const { url } = await startTestEndpoint({ dataDir: first.dataDir });
  const place = { endpoint: url, region: REGION, credentials: TEST_ACCESS_KEY };
  // Only a request that nobody answers ever waits for so long.
  const requestHandler = { requestTimeout: 20_000, throwOnRequestTimeout: true };
  const impatient = new DynamoDBClient({ ...place, requestHandler, maxAttempts: 1 });
  for (let time = 0; time < 2; time += 1) {
    await expect(impatient.send(get)).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  }
  expect(stderr.mock.calls.flat().join("\n")).toMatch(/DynamoDB's stand-in broke down and goes on/);
  expect((await impatient.send(new ListTablesCommand({}))).TableNames).toEqual([TABLE_NAME]);
});

const oddText = fc.oneof(
  fc.constantFrom("", "__proto__", "constructor", "\u0000", "a".repeat(10_000), "1e400", "arn:aws:states"),
  fc.string(),
);
const oddValue = fc.oneof(oddText, fc.jsonValue(), fc.constantFrom(1e308, -1, null), fc.array(oddText));

/** What the operations read, with values that are none. */
const oddInput = fc.dictionary(
  fc.constantFrom(
    "TableName",
    "Key",
    "Item",
    "RequestItems",
    "UpdateExpression",
    "ExclusiveStartKey",
    "Limit",
    "executionArn",
    "stateMachineArn",
    "name",
    "input",
    "nextToken",
    "maxResults",
    "statusFilter",
    "QueueUrl",
    "QueueName",
    "MessageBody",
    "Entries",
    "ReceiptHandle",
    "Attributes",
    "WaitTimeSeconds",
    "SecretId",
    "SecretString",
    "VersionId",
  ),
  oddValue,
);

const oddBody = fc.oneof(
  oddInput.map((input) => JSON.stringify(input)),
  fc.constantFrom("", "{", "null", "[]", '"text"', "42", '{"__proto__":{"a":1}}'),
  fc.integer({ min: 1, max: 3_000 }).map((depth) => `${'{"M":'.repeat(depth)}1${"}".repeat(depth)}`),
);

const target = fc
  .tuple(
    fc.constantFrom("DynamoDB_20120810", "AWSStepFunctions", "AmazonSQS", "secretsmanager", "Kinesis", ""),
    fc.constantFrom(
      "GetItem",
      "PutItem",
      "UpdateItem",
      "Query",
      "Scan",
      "BatchWriteItem",
      "BatchGetItem",
      "ListTables",
      "StartExecution",
      "DescribeExecution",
      "GetExecutionHistory",
      "ListExecutions",
      "RedriveExecution",
      "SendMessage",
      "SendMessageBatch",
      "DeleteMessage",
      "ChangeMessageVisibility",
      "GetQueueUrl",
      "GetSecretValue",
      "PutSecretValue",
      "DescribeSecret",
      "toString",
      "__proto__",
      "",
      "../../x",
    ),
  )
  .map(([service, operation]) => `${service}.${operation}`);

test("of 1,000 broken requests each is refused as the asker's fault, and the endpoint serves on", async () => {
  const { url, dynamoDb } = await startTestEndpoint();
  await createTable(dynamoDb);
  const property = fc.asyncProperty(target, oddBody, async (operation, body) => {
    const answer = await postToAws({ url: `${url}/`, target: operation, body }, TEST_ACCESS_KEY);
    const text = await answer.text();
    expect(answer.status, `${operation} ${body.slice(0, 200)} ${text}`).toBeLessThan(500);
  });
  await fc.assert(property, { numRuns: 1_000 });
  await dynamoDb.send(new PutItemCommand({ TableName: TABLE_NAME, Item: Key }));
});
