/** What else DynamoDB can be asked: pages, counters, filters, batches, what was there before, and requests that it refuses. */
import * as fc from "fast-check";
import { INDEX, type Operation } from "./operation.ts";
import { condition, date, id, KEY, operation, productOperation, VALUES } from "./product-operations.ts";

const old = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" };

/** As the product counts requests. */
const counting = fc.tuple(KEY, fc.integer({ min: 1, max: 3 })).map(([Key, most]) =>
  operation("UpdateItem", {
    Key,
    UpdateExpression: "ADD #count :one SET forgetAt = :forgetAt",
    ConditionExpression: "attribute_not_exists(#count) OR #count < :most",
    ExpressionAttributeNames: { "#count": "count" },
    ExpressionAttributeValues: { ":one": 1, ":most": most, ":forgetAt": 1_800_000_000 },
  }),
);

const updates: [expression: string, values: Record<string, unknown>][] = [
  ["SET attempt = attempt + :one", { ":one": 1 }],
  ["SET attempt = if_not_exists(attempt, :one) - :one", { ":one": 1 }],
  ["SET closedAt = email, email = :mail", { ":mail": "new@example.com" }],
  ["SET refunded.amount = :one", { ":one": 1 }],
  ["REMOVE refunded.amount, decision.kind", {}],
  ["SET notes = list_append(if_not_exists(notes, :none), :note)", { ":none": [], ":note": ["seen"] }],
  ["ADD labels :labels", { ":labels": new Set(["a", "b"]) }],
  ["DELETE labels :labels", { ":labels": new Set(["b"]) }],
  ["REMOVE GSI1PK", {}],
  ["SET GSI1SK = :empty", { ":empty": "" }],
  ["SET GSI1PK = if_not_exists(GSI1PK, :empty)", { ":empty": "" }],
  ["SET PK = :one", { ":one": "other" }],
  ["SET unused = :one", { ":one": 1, ":two": 2 }],
  ["SET one = :missing", {}],
  ["SET email = :one REMOVE email", { ":one": 1 }],
  ["SET", {}],
];

const updating = fc
  .tuple(KEY, fc.constantFrom(...updates), fc.constantFrom("NONE", "ALL_OLD", "ALL_NEW"))
  .map(([Key, [UpdateExpression, values], ReturnValues]) =>
    operation("UpdateItem", {
      Key,
      UpdateExpression,
      ReturnValues,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  );

const CONDITIONS: [expression: string, values: Record<string, unknown>][] = [
  ["attempt BETWEEN :low AND :high", { ":low": 0, ":high": 2 }],
  ["attempt IN (:low, :high)", { ":low": 0, ":high": 4900 }],
  ["NOT attribute_exists(decision)", {}],
  ["NOT (attribute_exists(decision) OR attempt = :low)", { ":low": 1 }],
  ["attribute_exists(PK) AND (attempt = :low OR attribute_exists(refunded))", { ":low": 1 }],
  ["contains(email, :text)", { ":text": "ada" }],
  ["attribute_type(attempt, :text)", { ":text": "N" }],
  ["decision.kind = :text", { ":text": "waive" }],
  ["refundedAmount = attempt", {}],
  ["disputedAt < closedAt", {}],
];

const conditional = fc
  .tuple(
    KEY,
    fc.oneof(
      fc.constantFrom(...CONDITIONS),
      condition.map(
        ({ ConditionExpression = "attribute_exists(PK)", values }) => [ConditionExpression, values] as const,
      ),
    ),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([Key, [ConditionExpression, values], isDeletion, isOldWanted]) =>
    operation(isDeletion ? "DeleteItem" : "PutItem", {
      ...(isDeletion ? { Key } : { Item: { ...Key, note: "written" } }),
      ConditionExpression,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
      ...(isOldWanted && { ReturnValues: "ALL_OLD", ...old }),
    }),
  );

/** Page after page, forwards and backwards, in the table and in its index. */
const pages = fc
  .tuple(KEY, VALUES["GSI1PK"] ?? id, fc.boolean(), fc.boolean(), fc.integer({ min: 1, max: 3 }), date)
  .map(([{ PK }, index, isOfIndex, ScanIndexForward, Limit, since]) =>
    operation("Pages", {
      ...(isOfIndex
        ? {
            IndexName: INDEX,
            KeyConditionExpression: "GSI1PK = :of AND GSI1SK BETWEEN :since AND :until",
            ExpressionAttributeValues: { ":of": index, ":since": since, ":until": "2027" },
          }
        : { KeyConditionExpression: "PK = :of", ExpressionAttributeValues: { ":of": PK } }),
      ScanIndexForward,
      Limit,
    }),
  );

const scan = fc.constantFrom(
  operation("Scan", {
    FilterExpression: "SK = :metadata AND email = :email",
    ExpressionAttributeValues: { ":metadata": "METADATA", ":email": "ada@example.com" },
  }),
  operation("Scan", {
    FilterExpression: "begins_with(SK, :purchases)",
    ExpressionAttributeValues: { ":purchases": "PURCHASE#" },
    ProjectionExpression: "PK, SK, attempt",
  }),
);

const KEY_OF_ADA = { PK: "USER#ada", SK: "METADATA" };
const refused: Operation[] = [
  operation("PutItem", { Item: { PK: "USER#ada" } }),
  operation("PutItem", { Item: { ...KEY_OF_ADA, SK: "" } }),
  operation("PutItem", { Item: { ...KEY_OF_ADA, SK: 1 } }),
  operation("PutItem", { Item: { ...KEY_OF_ADA, GSI1PK: "" } }),
  operation("PutItem", { Item: { ...KEY_OF_ADA, labels: new Set() } }),
  operation("PutItem", { Item: { ...KEY_OF_ADA, note: "x".repeat(409_600) } }),
  operation("PutItem", { Item: { ...KEY_OF_ADA, PK: "x".repeat(2_049) } }),
  operation("PutItem", {
    Item: KEY_OF_ADA,
    ConditionExpression: "status = :one",
    ExpressionAttributeValues: { ":one": 1 },
  }),
  operation("PutItem", { Item: KEY_OF_ADA, ReturnValues: "ALL_NEW" }),
  operation("GetItem", { Key: { PK: "USER#ada" } }),
  operation("GetItem", { Key: { ...KEY_OF_ADA, more: "x" } }),
  operation("GetItem", { TableName: "no-such-table", Key: KEY_OF_ADA }),
  operation("Query", {
    KeyConditionExpression: "SK = :sk",
    ExpressionAttributeValues: { ":sk": "METADATA" },
  }),
  operation("Query", { KeyConditionExpression: "PK > :pk", ExpressionAttributeValues: { ":pk": "A" } }),
];

export const wideOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 8, arbitrary: productOperation },
  { weight: 2, arbitrary: counting },
  { weight: 3, arbitrary: updating },
  { weight: 3, arbitrary: conditional },
  { weight: 2, arbitrary: pages },
  { weight: 1, arbitrary: scan },
  { weight: 1, arbitrary: fc.constantFrom(...refused) },
);
