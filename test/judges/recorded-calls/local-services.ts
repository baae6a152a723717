/** The local SQS, Secrets Manager and DynamoDB behind their endpoint, without HTTP around them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startDynamoDb } from "#infra/local/aws/dynamodb/dynamodb.ts";
import { createSecretsManager } from "#infra/local/aws/secrets-manager/secrets-manager.ts";
import { startSqs } from "#infra/local/aws/sqs/sqs.ts";
import type { AwsService } from "#infra/local/aws/wire.ts";
import { type Database, openDatabase } from "#infra/local/storage/database.ts";

/** Gives a service with nothing in it, and takes it back. */
export type UseService = <Result>(use: (service: AwsService) => Promise<Result>) => Promise<Result>;

export const useDynamoDb: UseService = (use) =>
  inFolder(async (directory) => {
    const { service, close } = await startDynamoDb(directory);
    try {
      return await use(service);
    } finally {
      await close();
    }
  });

export const useSqs: UseService = (use) =>
  withDatabase(async (database) => {
    const { service, close } = await startSqs(database, "http://localhost:4566", []);
    try {
      return await use(service);
    } finally {
      await close();
    }
  });

export const useSecretsManager: UseService = (use) =>
  withDatabase(async (database) => use(await createSecretsManager(database, {})));

const withDatabase = <Result>(use: (database: Database) => Promise<Result>): Promise<Result> =>
  inFolder(async (directory) => {
    const database = await openDatabase(directory);
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  });

async function inFolder<Result>(use: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(path.join(tmpdir(), "bursar-judge-"));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
