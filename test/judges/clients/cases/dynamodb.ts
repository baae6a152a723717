/** Calls of DynamoDB, on a table of the judge's own. */
import { arnOf } from "#infra/local/names.ts";
import { bytes, type Cases, callsOf, pagingsOf, waitFor } from "./call.ts";

const { call, refuse } = callsOf("dynamodb");
const paging = pagingsOf("dynamodb");

const table = { TableName: "judged" };
const nobodys = { TableName: "nobodys" };
const tagged = { ResourceArn: arnOf("dynamodb", "table/judged") };
const key = (number: number) => ({ PK: { S: "judged" }, SK: { S: `item-${number}` } });
const ALL_TYPES = {
  N: { N: "1.5" },
  B: { B: bytes("binary") },
  BOOL: { BOOL: true },
  NULL: { NULL: true },
  L: { L: [{ S: "a" }, { N: "2" }] },
  M: { M: { a: { S: "b" } } },
  SS: { SS: ["a", "b"] },
  NS: { NS: ["1", "2"] },
  BS: { BS: [bytes("a")] },
};
const ITEMS = Array.from({ length: 7 }, (_, index) => ({ ...key(index), G: { S: `g-${index % 3}` } }));
const OF_ONE_STUDENT = {
  ...table,
  KeyConditionExpression: "PK = :pk",
  ExpressionAttributeValues: { ":pk": { S: "judged" } },
};
const NEVER = { ConditionExpression: "attribute_exists(Nothing)" };
const SPECIMEN = {
  ...table,
  AttributeDefinitions: ["PK", "SK", "G"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
  KeySchema: [
    { AttributeName: "PK", KeyType: "HASH" },
    { AttributeName: "SK", KeyType: "RANGE" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: "ByG",
      KeySchema: [{ AttributeName: "G", KeyType: "HASH" }],
      Projection: { ProjectionType: "ALL" },
    },
  ],
  BillingMode: "PAY_PER_REQUEST",
};

export const DYNAMODB_CASES: Cases = {
  steps: [
    call("CreateTable", SPECIMEN),
    waitFor("dynamodb", "table_exists", table),
    refuse("ResourceInUseException", "CreateTable", SPECIMEN),
    refuse("ValidationException", "CreateTable", { ...SPECIMEN, TableName: "odd", AttributeDefinitions: [] }),
    call("DescribeTable", table),
    refuse("ResourceNotFoundException", "DescribeTable", nobodys),
    call("DescribeTimeToLive", table),
    refuse("ResourceNotFoundException", "DescribeTimeToLive", nobodys),
    call("ListTables"),
    call("PutItem", {
      ...table,
      Item: { ...key(100), ...ALL_TYPES },
      ReturnConsumedCapacity: "INDEXES",
      ReturnItemCollectionMetrics: "SIZE",
    }),
    refuse("ConditionalCheckFailedException", "PutItem", { ...table, Item: key(100), ...NEVER }),
    refuse("ConditionalCheckFailedException", "PutItem", {
      ...table,
      Item: key(100),
      ...NEVER,
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    }),
    refuse("ValidationException", "PutItem", { ...table, Item: { PK: { S: "no sort key" } } }),
    refuse("ResourceNotFoundException", "PutItem", { ...nobodys, Item: key(1) }),
    call("GetItem", { ...table, Key: key(100), ReturnConsumedCapacity: "TOTAL" }),
    call("GetItem", { ...table, Key: key(101) }),
    refuse("ResourceNotFoundException", "GetItem", { ...nobodys, Key: key(1) }),
    refuse("ValidationException", "GetItem", { ...table, Key: { PK: { S: "judged" } } }),
    call("UpdateItem", {
      ...table,
      Key: key(100),
      UpdateExpression: "SET Seen = :seen REMOVE BOOL",
      ExpressionAttributeValues: { ":seen": { N: "1" } },
      ReturnValues: "ALL_NEW",
    }),
    refuse("ValidationException", "UpdateItem", { ...table, Key: key(100), UpdateExpression: "SET" }),
    refuse("ConditionalCheckFailedException", "UpdateItem", {
      ...table,
      Key: key(100),
      UpdateExpression: "REMOVE Seen",
      ...NEVER,
    }),
    refuse("ConditionalCheckFailedException", "DeleteItem", { ...table, Key: key(100), ...NEVER }),
    call("DeleteItem", { ...table, Key: key(100), ReturnValues: "ALL_OLD" }),
    refuse("ResourceNotFoundException", "DeleteItem", { ...nobodys, Key: key(1) }),
    call("BatchWriteItem", { RequestItems: { judged: ITEMS.map((Item) => ({ PutRequest: { Item } })) } }),
    refuse("ResourceNotFoundException", "BatchWriteItem", {
      RequestItems: { nobodys: [{ PutRequest: { Item: key(1) } }] },
    }),
    call("BatchGetItem", { RequestItems: { judged: { Keys: [key(0), key(1), key(99)] } } }),
    refuse("ResourceNotFoundException", "BatchGetItem", { RequestItems: { nobodys: { Keys: [key(0)] } } }),
    call("Query", OF_ONE_STUDENT),
    call("Query", { ...OF_ONE_STUDENT, Select: "COUNT", ScanIndexForward: false, Limit: 2 }),
    refuse("ValidationException", "Query", { ...table, KeyConditionExpression: "nonsense" }),
    refuse("ResourceNotFoundException", "Query", { ...OF_ONE_STUDENT, ...nobodys }),
    call("Scan", { ...table, ReturnConsumedCapacity: "TOTAL" }),
    refuse("ResourceNotFoundException", "Scan", nobodys),
    call("TagResource", { ...tagged, Tags: [{ Key: "team", Value: "courses" }] }),
    call("ListTagsOfResource", tagged),
    call("UntagResource", { ...tagged, TagKeys: ["team"] }),
    refuse("ResourceNotFoundException", "ListTagsOfResource", {
      ResourceArn: arnOf("dynamodb", "table/nobodys"),
    }),
    call("UpdateTable", {
      ...table,
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "ByG" } }],
    }),
    refuse("ResourceNotFoundException", "UpdateTable", {
      ...nobodys,
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    }),
    call("CreateTable", { ...SPECIMEN, TableName: "judged-too" }),
    waitFor("dynamodb", "table_exists", { TableName: "judged-too" }),
    call("DeleteTable", { TableName: "judged-too" }),
    waitFor("dynamodb", "table_not_exists", { TableName: "judged-too" }),
    refuse("ResourceNotFoundException", "DeleteTable", nobodys),
  ],
  pagings: [
    paging("Query", {
      input: OF_ONE_STUDENT,
      ids: "Items[].SK.S",
      sizes: [1, 2, 3, 7],
      least: ITEMS.length,
      badToken: { input: { ExclusiveStartKey: { PK: { S: "judged" } } }, refused: "ValidationException" },
    }),
    paging("Scan", {
      input: table,
      ids: "Items[].SK.S",
      sizes: [1, 2, 5],
      least: ITEMS.length,
      badToken: { input: { ExclusiveStartKey: { PK: { S: "judged" } } }, refused: "ValidationException" },
    }),
    paging("ListTables", {
      input: {},
      ids: "TableNames[]",
      sizes: [1, 2],
      least: 2,
    }),
    paging("ListTagsOfResource", { input: tagged, ids: "Tags[].Key", sizes: [], least: 0 }),
  ],
};
