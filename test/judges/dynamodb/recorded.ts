/** What the real DynamoDB answered, asked of the local one. */
import { setTimeout as pause } from "node:timers/promises";
import type { Body, Json } from "../recorded-calls/answer.ts";
import {
  type Ask,
  judgeCalls,
  type NotHere,
  type Scenario,
  type Scenarios,
} from "../recorded-calls/judge-calls.ts";
import { useDynamoDb } from "../recorded-calls/local-services.ts";

export const judgeRecordedTables = () =>
  judgeCalls("recorded tables", ["dynamodb/test_dynamodb"], useDynamoDb, SCENARIOS, NOT_HERE);

const TableName = "judged-table";
const THROUGHPUT = { ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } };

/** @param attributes names and types; the first is the partition key, and the second the sort key unless told otherwise */
function table(attributes: Record<string, string>, keys = Object.keys(attributes).slice(0, 2)) {
  return {
    TableName,
    KeySchema: keys.map((AttributeName, index) => ({
      AttributeName,
      KeyType: index === 0 ? "HASH" : "RANGE",
    })),
    AttributeDefinitions: Object.entries(attributes).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
  };
}

const BY_ID = { ...table({ id: "S" }), ...THROUGHPUT };

/** A new table takes nothing before it is active. */
async function createTable(ask: Ask, input: object, recorded?: string): Promise<void> {
  await ask("CreateTable", input, recorded);
  for (;;) {
    const { Table } = await ask("DescribeTable", { TableName });
    if ((Table as Body)["TableStatus"] === "ACTIVE") return;
    await pause(1);
  }
}

const put = (ask: Ask, Item: object, recorded?: string, input: object = {}) =>
  ask("PutItem", { TableName, Item, ...input }, recorded);

const returnValues: Scenario = async (ask) => {
  await createTable(ask, BY_ID);
  const item = (data: string) => ({ id: { S: "id1" }, data: { S: data } });
  const old = { ReturnValues: "ALL_OLD" };
  await put(ask, item("foobar"), "PutFirstItem", old);
  await put(ask, item("foobar"), "PutFirstItemOLD", old);
  await put(ask, item("barfoo"), "PutFirstItemB", old);
  await put(ask, item("foobar"), "PutSecondItem");
  await put(ask, item("foobar"), "PutSecondItemReturnNone");
};

const localIndex: Scenario = async (ask) => {
  const LocalSecondaryIndexes = [
    {
      IndexName: "LSI1",
      KeySchema: [
        { AttributeName: "PK", KeyType: "HASH" },
        { AttributeName: "LSI1SK", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "ALL" },
    },
  ];
  const keys = table({ PK: "S", SK: "S", LSI1SK: "N" });
  await createTable(ask, { ...keys, ...THROUGHPUT, LocalSecondaryIndexes });
  await put(ask, { SK: { S: "hello" }, LSI1SK: { N: "123" }, PK: { S: "test one" } });
  const query = {
    TableName,
    IndexName: "LSI1",
    KeyConditionExpression: "PK = :v1",
    ExpressionAttributeValues: { ":v1": { S: "test one" } },
    Select: "ALL_ATTRIBUTES",
  };
  await ask("Query", query, "Items");
};

const withIndex =
  (settings: object, ofIndex: object): Scenario =>
  async (ask) => {
    const index = {
      IndexName: "TransactionRecordID",
      KeySchema: [{ AttributeName: "TRID", KeyType: "HASH" }],
      Projection: { ProjectionType: "ALL" },
      ...ofIndex,
    };
    const keys = table({ TID: "S", TRID: "S" }, ["TID"]);
    const input = { ...keys, ...settings, GlobalSecondaryIndexes: [index] };
    await createTable(ask, input, "create-table-with-gsi");
    await ask("DescribeTable", { TableName }, "describe-table");
  };

const failedCondition: Scenario = async (ask) => {
  await createTable(ask, BY_ID);
  await put(ask, { id: { S: "456" }, price: { N: "650" }, product: { S: "sporting goods" } });
  const input = {
    TableName,
    Key: { id: { S: "456" } },
    ConditionExpression: "price between :lo and :hi",
    ExpressionAttributeValues: { ":lo": { N: "500" }, ":hi": { N: "600" } },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
  await ask("DeleteItem", input, "items");
};

const lifeOfATable: Scenario = async (ask) => {
  await createTable(ask, BY_ID, "create-table");
  await ask("DescribeTable", { TableName }, "describe-table");
  await ask("DeleteTable", { TableName }, "delete-table");
  await ask("DeleteTable", { TableName: "non-existent" }, "delete-non-existent-table");
};

const batch = (ask: Ask, requests: object[], recorded: string) =>
  ask("BatchWriteItem", { RequestItems: { [TableName]: requests } }, recorded);

const encoding: Scenario = async (ask) => {
  await createTable(ask, BY_ID);
  const item = ({ Item }: Body): Json => Item ?? null;
  await put(ask, { id: { S: "id1" }, version: { N: "1" }, data: { B: "kA==" } });
  await ask("GetItem", { TableName, Key: { id: { S: "id1" } } }, "GetItem", item);
  const update = { UpdateExpression: "SET version=:v", ExpressionAttributeValues: { ":v": { N: "2" } } };
  await ask("UpdateItem", { TableName, Key: { id: { S: "id1" } }, ...update });
  await ask("GetItem", { TableName, Key: { id: { S: "id1" } } }, "GetItemAfterUpdate", item);
  await ask("GetRecords", {}, "GetRecords");
};

const SCENARIOS: Scenarios = {
  test_return_values_in_put_item: returnValues,
  test_valid_local_secondary_index: localIndex,
  "test_gsi_with_billing_mode[PAY_PER_REQUEST]": withIndex({ BillingMode: "PAY_PER_REQUEST" }, {}),
  "test_gsi_with_billing_mode[PROVISIONED]": withIndex(THROUGHPUT, {
    ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
  }),
  test_return_values_on_conditions_check_failure: failedCondition,
  test_table_crud: lifeOfATable,
  test_data_encoding_consistency: encoding,
  async test_empty_and_binary_values(ask) {
    await createTable(ask, BY_ID);
    await put(ask, { id: { S: "id1" }, data: { S: "" } }, "PutFirstItem");
    await put(ask, { id: { S: "id2" }, data: { B: "kA==" } }, "PutSecondItem");
  },
  async test_batch_write_binary(ask) {
    await createTable(ask, { ...table({ PK: "S", SK: "S" }), BillingMode: "PAY_PER_REQUEST" });
    const item = (number: number, B: string) => ({
      PutRequest: { Item: { PK: { S: `hello-${number}` }, SK: { S: `user-${number}` }, data: { B } } },
    });
    await batch(ask, [item(1, "dGVzdC0x"), item(2, "dGVzdCDAIO0=")], "Response");
  },
  async test_create_duplicate_table(ask) {
    await createTable(ask, BY_ID);
    await ask("CreateTable", BY_ID, "Error");
  },
  async test_batch_write_items(ask) {
    await createTable(ask, BY_ID);
    await put(ask, { id: { S: "Fred" } });
    const requests = [
      { DeleteRequest: { Key: { id: { S: "Fred" } } } },
      { PutRequest: { Item: { id: { S: "Bob" } } } },
    ];
    await batch(ask, requests, "BatchWriteResponse");
  },
  async test_dynamodb_pay_per_request(ask) {
    await ask("CreateTable", { ...BY_ID, BillingMode: "PAY_PER_REQUEST" }, "Error");
  },
  async test_dynamodb_get_batch_items(ask) {
    await createTable(ask, { ...table({ PK: "S" }), ...THROUGHPUT });
    const RequestItems = { [TableName]: { Keys: [{ PK: { S: "test-key" } }] } };
    await ask("BatchGetItem", { RequestItems }, "Response");
  },
  async test_batch_write_not_matching_schema(ask) {
    await createTable(ask, { ...table({ id: "S", sortKey: "S" }), ...THROUGHPUT });
    await batch(ask, [{ PutRequest: { Item: { nonKey: { S: "hello" } } } }], "ValidationException");
  },
};

const needs = (operation: string, tests: RegExp, input: object = {}): NotHere => ({
  tests,
  why: `it needs ${operation} ${JSON.stringify(input)}`,
  operation,
  input,
});

const NOT_HERE: NotHere[] = [
  needs("CreateTable", /stream/, { ...BY_ID, StreamSpecification: { StreamEnabled: true } }),
  needs("CreateTable", /sse_specification/, { ...BY_ID, SSESpecification: { Enabled: true } }),
  needs("CreateTable", /warm_throughput/, { ...BY_ID, WarmThroughput: { ReadUnitsPerSecond: 12_000 } }),
  needs("TransactWriteItems", /transact|idempotent_writing|not_existing_table/),
  needs("ExecuteStatement", /statement|partiql/),
  needs("UpdateContinuousBackups", /continuous_backup/),
  needs("DescribeContributorInsights", /contributor_insights/),
];
