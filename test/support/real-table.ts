/** The table as the local stack has it, without a stack around it: dynalite's operations on disk, and no port. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll } from "vitest";
import { openTable, type Table } from "#handlers/adapters/dynamodb/table.ts";
import { startDynamoDb } from "#infra/local/aws/dynamodb/dynamodb.ts";
import { TABLE_NAME } from "#infra/local/names.ts";
import { createTable } from "#infra/local/seed.ts";

/** As much of the SDK's request as is handed over. */
interface SdkRequest {
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/**
 * @param onRequest told of what it is asked, e.g. `GetItem`
 * @returns what opens the table, one for all tests of the file
 */
export function useRealTable(onRequest: (operation: string) => void = () => undefined): () => Table {
  let table: Table;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "bursar-table-"));
    const database = await startDynamoDb(directory);
    const client = new DynamoDBClient({
      region: "us-east-1",
      endpoint: "http://table.invalid",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      requestHandler: {
        async handle({ headers, body }: SdkRequest) {
          const target = headers["x-amz-target"] ?? "";
          const [, operation = ""] = target.split(".");
          onRequest(operation);
          const text = typeof body === "string" ? body : new TextDecoder().decode(body);
          const request = { operation, target, headers, body: text, isAbandoned: () => false };
          const { status: statusCode, ...reply } = await database.service(request);
          const response = { ...reply, statusCode, body: new TextEncoder().encode(reply.body) };
          return { response };
        },
      } as never,
    });
    await createTable(client);
    table = openTable(TABLE_NAME, client);
    close = async () => {
      await database.close();
      await rm(directory, { recursive: true, force: true });
    };
  });
  afterAll(() => close());

  return () => table;
}

type StoredItem = Record<string, unknown> & { PK: string; SK: string };

/** @returns everything that is in it, in the order of its keys */
export async function scanTable({ client, tableName: TableName }: Table): Promise<StoredItem[]> {
  const found: StoredItem[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName }))
    found.push(...(Items as StoredItem[]));
  const keyOf = ({ PK, SK }: StoredItem) => `${PK} ${SK}`;
  return found.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));
}
