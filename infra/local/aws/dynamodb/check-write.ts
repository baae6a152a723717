/** What DynamoDB refuses of a write and dynalite takes. */
import * as dynalite from "dynalite/db/index.js";
import { ServiceError } from "../wire.ts";
import { checkUpdatedKeys, checkWrittenKeys, indexKeysOf } from "./index-keys.ts";
import { findItem, findTable } from "./standing-item.ts";
import { type Update, updatedValue } from "./updated-values.ts";

export interface Request extends Update {
  TableName?: string;
  Key?: dynalite.Item;
  Item?: dynalite.Item;
  /** Of a batch. */
  RequestItems?: Record<string, { PutRequest?: { Item: dynalite.Item } }[]>;
}

/** @throws ServiceError, or what dynalite throws for a table that is not there */
export async function checkWrite(store: dynalite.Store, operation: string, request: Request): Promise<void> {
  const { TableName = "", Item, Key, RequestItems = {} } = request;
  if (operation === "PutItem" && Item) checkWrittenKeys(await findTable(store, TableName), Item);
  if (operation === "UpdateItem" && Key) await checkUpdate(store, TableName, Key, request);
  if (operation !== "BatchWriteItem") return;
  for (const [name, requests] of Object.entries(RequestItems)) {
    const table = await findTable(store, name);
    for (const { PutRequest } of requests) if (PutRequest) checkBatchItem(table, PutRequest.Item);
  }
}

function checkBatchItem(table: dynalite.Table, item: dynalite.Item): void {
  const typeOf = new Map(table.AttributeDefinitions.map((one) => [one.AttributeName, one.AttributeType]));
  if (table.KeySchema.some(({ AttributeName: name }) => item[name]?.[typeOf.get(name) ?? ""] === undefined))
    throw new ServiceError("ValidationException", "The provided key element does not match the schema");
  checkWrittenKeys(table, item);
}

async function checkUpdate(
  store: dynalite.Store,
  name: string,
  key: dynalite.Item,
  request: Request,
): Promise<void> {
  const table = await findTable(store, name);
  const isConcerned = indexKeysOf(table).some(({ attribute }) => touches(request, attribute));
  // A key that is none is refused by dynalite.
  if (!isConcerned || dynalite.validateKey(key, table)) return;
  const standing = await findItem(store, name, key);
  // A condition that does not hold is what the caller is to hear of.
  if (dynalite.checkConditional(request, standing)) return;
  checkUpdatedKeys(table, (attribute) => updatedValue(request, attribute, standing ?? {}));
}

const touches = ({ _updates, AttributeUpdates = {} }: Request, attribute: string) =>
  _updates?.sections.some(({ path }) => path[0] === attribute) ?? attribute in AttributeUpdates;
