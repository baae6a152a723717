/** The one table: its client, its keys and the walk through all pages of a query. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  paginateQuery,
  type QueryCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { type AwsPlace, createAwsClient } from "../aws-client.ts";
import { PATIENCE } from "../patience.ts";
import { readPlainly } from "./read-plainly.ts";

export interface Table {
  tableName: string;
  /** For whoever only looks: what an earlier version wrote is read, and stays as it is. */
  isOnlyRead?: boolean;
  client: DynamoDBDocumentClient;
  /** Instead of a request for each item; see `joinReads`. */
  readItem?: (key: ItemKey) => Promise<unknown>;
}

export type ItemKey = Record<"PK" | "SK", string>;

export function openTable(
  tableName: string,
  client = createAwsClient(DynamoDBClient, PATIENCE.request),
): Table {
  return {
    tableName,
    client: DynamoDBDocumentClient.from(readPlainly(client), {
      marshallOptions: { removeUndefinedValues: true },
    }),
  };
}

/** For operators, whom nobody waits for. */
export const openTablePatiently = (tableName: string, aws: AwsPlace = {}): Table =>
  openTable(tableName, createAwsClient(DynamoDBClient, PATIENCE.background, aws));

/** What stands for a student where the student must not be named. */
export const digestOf = (userId: string) => createHash("sha256").update(userId).digest("hex");

export const keys = {
  course: (courseId: string) => ({ PK: `COURSE#${courseId}`, SK: "METADATA" }),
  student: (userId: string) => ({ PK: `USER#${userId}`, SK: "METADATA" }),
  enrollment: (userId: string, courseId: string) => ({ PK: `USER#${userId}`, SK: `ENROLLMENT#${courseId}` }),
  openCheckout: (userId: string, courseId: string) => ({ PK: `USER#${userId}`, SK: `CHECKOUT#${courseId}` }),
  purchase: (userId: string, checkoutSessionId: string) => ({
    PK: `USER#${userId}`,
    SK: `PURCHASE#${checkoutSessionId}`,
  }),
  /** By a digest, as the next one: what outlasts a student who is erased must not say who it was. */
  erasure: (userId: string) => ({ PK: `ERASURE#${digestOf(userId)}`, SK: "METADATA" }),
  limit: (userId: string, limit: string, since: number) => ({
    PK: `LIMIT#${digestOf(userId)}`,
    SK: `${limit}#${since}`,
  }),
  /** @param planId begins with when it was made, so that they are in order */
  plan: (planId: string) => ({ PK: "PLANS", SK: planId }),
  planItem: (planId: string, number: number) => ({
    PK: `PLAN#${planId}`,
    SK: `ITEM#${String(number).padStart(6, "0")}`,
  }),
  sweep: () => ({ PK: "SWEEP", SK: "METADATA" }),
  /** @param at ISO 8601, whose first seven characters are the month */
  intent: (at: string, id: string) => ({ PK: `LEDGER#${at.slice(0, 7)}`, SK: `${at}#${id}` }),
  outcome: (begunAt: string, id: string) => ({
    PK: `LEDGER#${begunAt.slice(0, 7)}`,
    SK: `${begunAt}#${id}#outcome`,
  }),
};

/** Strongly consistent: rules compare what they read with events that are milliseconds old. */
export async function getItem(table: Table, key: ItemKey): Promise<unknown> {
  if (table.readItem) return table.readItem(key);
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.tableName, Key: key, ConsistentRead: true }),
  );
  return Item;
}

/** How many DynamoDB reads at once. */
const BATCH = 100;

/**
 * In no particular order, without those that are not there. Strongly consistent, as one alone.
 * @param fields of each item that are wanted; undefined: all of them
 */
export async function getItems(table: Table, wanted: ItemKey[], fields?: string[]): Promise<unknown[]> {
  const projection = fields && {
    ProjectionExpression: fields.map((field) => `#${field}`).join(", "),
    ExpressionAttributeNames: Object.fromEntries(fields.map((field) => [`#${field}`, field])),
  };
  const found: unknown[] = [];
  let rest: Record<string, unknown>[] = wanted;
  while (rest.length > 0) {
    const [Keys, later] = [rest.slice(0, BATCH), rest.slice(BATCH)];
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({
        RequestItems: { [table.tableName]: { Keys, ConsistentRead: true, ...projection } },
      }),
    );
    found.push(...(Responses?.[table.tableName] ?? []));
    // Larger answers come in parts.
    rest = [...(UnprocessedKeys?.[table.tableName]?.Keys ?? []), ...later];
  }
  return found;
}

export async function putItem(table: Table, item: Record<string, unknown>): Promise<void> {
  await table.client.send(new PutCommand({ TableName: table.tableName, Item: item }));
}

export async function deleteItem(table: Table, key: ItemKey): Promise<void> {
  await table.client.send(new DeleteCommand({ TableName: table.tableName, Key: key }));
}

/** @returns false, and nothing written, when the condition does not hold */
export async function putItemIf(
  table: Table,
  item: Record<string, unknown>,
  condition: Pick<PutCommandInput, "ConditionExpression" | "ExpressionAttributeValues">,
): Promise<boolean> {
  const put = new PutCommand({ TableName: table.tableName, Item: item, ...condition });
  const key = { PK: String(item["PK"]), SK: String(item["SK"]) };
  return holds(table.client.send(put), () => stands(table, key, item));
}

/** @returns false, and nothing deleted, when the condition does not hold */
export function deleteItemIf(
  table: Table,
  key: ItemKey,
  condition: Pick<PutCommandInput, "ConditionExpression" | "ExpressionAttributeValues">,
): Promise<boolean> {
  return holds(table.client.send(new DeleteCommand({ TableName: table.tableName, Key: key, ...condition })));
}

interface ItemChange {
  set?: Record<string, unknown>;
  /** Set unless something stands there. */
  setOnce?: Record<string, unknown>;
  remove?: string[];
}

/**
 * Changes some fields, and makes the item if there is none.
 * @param values of the condition's own placeholders
 * @returns false, and nothing written, when the condition does not hold
 */
export function updateItemIf(
  table: Table,
  key: ItemKey,
  { set = {}, setOnce = {}, remove = [] }: ItemChange,
  condition: string,
  values: Record<string, unknown> = {},
): Promise<boolean> {
  const fields = [...Object.keys(set), ...Object.keys(setOnce), ...remove];
  const nameOf = (field: string) => `#${field}`;
  const sets = [
    ...Object.keys(set).map((field) => `${nameOf(field)} = :${field}`),
    ...Object.keys(setOnce).map((field) => `${nameOf(field)} = if_not_exists(${nameOf(field)}, :${field})`),
  ];
  const given = Object.entries({ ...set, ...setOnce }).map(([field, value]) => [`:${field}`, value] as const);
  const allValues = { ...Object.fromEntries(given), ...values };
  return holds(
    table.client.send(
      new UpdateCommand({
        TableName: table.tableName,
        Key: key,
        ConditionExpression: condition,
        UpdateExpression: [
          sets.length > 0 && `SET ${sets.join(", ")}`,
          remove.length > 0 && `REMOVE ${remove.map(nameOf).join(", ")}`,
        ]
          .filter(Boolean)
          .join(" "),
        ExpressionAttributeNames: Object.fromEntries(fields.map((field) => [nameOf(field), field])),
        ...(Object.keys(allValues).length > 0 && { ExpressionAttributeValues: allValues }),
      }),
    ),
    () => stands(table, key, set),
  );
}

/**
 * When only the answer to a write was lost, the SDK's next attempt meets what the first has written.
 * @param isOurs asked then whether that is so; where it cannot be known, as for whoever may not read, it is not
 * @returns whether a conditional write was made
 */
export async function holds(write: Promise<unknown>, isOurs = async () => false): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return (error.$metadata.attempts ?? 1) > 1 && isOurs().catch(() => false);
  }
}

async function stands(table: Table, key: ItemKey, written: Record<string, unknown>): Promise<boolean> {
  const fields = Object.entries(written).filter(([, value]) => value !== undefined);
  const item = ((await getItem(table, key)) ?? {}) as Record<string, unknown>;
  return fields.length > 0 && fields.every(([field, value]) => isDeepStrictEqual(item[field], value));
}

export async function queryAll(table: Table, query: Query): Promise<unknown[]> {
  const pages: unknown[][] = [];
  for await (const items of queryPages(table, query)) pages.push(items);
  return pages.flat();
}

/** Reads a page when its first item is asked for. */
export async function* queryEach(table: Table, query: Query): AsyncGenerator {
  for await (const items of queryPages(table, query)) yield* items;
}

async function* queryPages({ client, tableName }: Table, query: Query): AsyncGenerator<unknown[]> {
  for await (const page of paginateQuery({ client }, { ...query, TableName: tableName })) {
    yield page.Items ?? [];
  }
}

type Query = Omit<QueryCommandInput, "TableName">;
