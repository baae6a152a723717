/** The keys of indexes, of which dynalite checks the type alone: DynamoDB also refuses empty ones and those that are too long. */
import type { AttributeValue, Item, Table } from "dynalite/db/index.js";
import { ServiceError } from "../wire.ts";

const MOST_BYTES = { hash: 2048, range: 1024 };

interface IndexKey {
  index: string;
  attribute: string;
  isHash: boolean;
}

export function indexKeysOf({ GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }: Table): IndexKey[] {
  return [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes].flatMap(({ IndexName, KeySchema }) =>
    KeySchema.map(({ AttributeName }, place) => ({
      index: IndexName,
      attribute: AttributeName,
      isHash: place === 0,
    })),
  );
}

/** @throws ServiceError for an item that is written whole */
export function checkWrittenKeys(table: Table, item: Item): void {
  for (const { index, attribute, isHash } of indexKeysOf(table)) {
    const value = item[attribute];
    if (isEmpty(value)) {
      throw refusal(
        `A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${kindOf(value)} value. IndexName: ${index}, IndexKey: ${attribute}`,
      );
    }
    checkSize(value, isHash);
  }
}

/** @throws ServiceError for what an update would set */
export function checkUpdatedKeys(
  table: Table,
  valueOf: (attribute: string) => AttributeValue | undefined,
): void {
  for (const { attribute, isHash } of indexKeysOf(table)) {
    const value = valueOf(attribute);
    if (isEmpty(value)) {
      throw refusal(
        `The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty ${kindOf(value)} value.`,
      );
    }
    checkSize(value, isHash);
  }
}

const refusal = (reason: string) =>
  new ServiceError("ValidationException", `One or more parameter values are not valid. ${reason}`);

const isEmpty = (value: AttributeValue | undefined) => value?.["S"] === "" || value?.["B"] === "";
const kindOf = (value: AttributeValue | undefined) => (value?.["S"] === "" ? "string" : "binary");

const ofText = (value: unknown): value is string => typeof value === "string";

function checkSize(value: AttributeValue | undefined, isHash: boolean): void {
  const { S, B } = value ?? {};
  const bytes = (ofText(S) ? Buffer.byteLength(S) : 0) + (ofText(B) ? Buffer.byteLength(B, "base64") : 0);
  if (bytes <= (isHash ? MOST_BYTES.hash : MOST_BYTES.range)) return;
  const reason = isHash
    ? "Size of hashkey has exceeded the maximum size limit of2048 bytes"
    : "Aggregated size of all range keys has exceeded the size limit of 1024 bytes";
  throw new ServiceError("ValidationException", `One or more parameter values were invalid: ${reason}`);
}
