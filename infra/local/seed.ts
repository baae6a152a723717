/** The table, and what a new one holds: courses to look at and students to be. */
import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { openTable } from "#handlers/adapters/dynamodb/table.ts";
import { type AwsConnection, awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { TABLE_NAME } from "./names.ts";
import { SEEDED_COURSES } from "./seeded-courses.ts";
import { SEEDED_STUDENTS } from "./seeded-students.ts";

/** Seeds only a table that it has just made: what was changed since stays changed. */
export async function seedTable(aws: AwsConnection): Promise<void> {
  const client = new DynamoDBClient(awsClientConfig(aws));
  try {
    if (!(await createTable(client))) return;
    const table = openTable(TABLE_NAME, client);
    const at = new Date().toISOString();
    const items = [
      ...SEEDED_COURSES.map(courseItem),
      ...SEEDED_STUDENTS.map((student) =>
        studentItem({ ...student, emailVerified: true, signUpMethod: "email", createdAt: at, updatedAt: at }),
      ),
    ];
    for (const item of items) await table.client.send(new PutCommand({ TableName: TABLE_NAME, Item: item }));
  } finally {
    client.destroy();
  }
}

/** @returns false when there is one already; true when there is a new one that can be written to */
export async function createTable(client: DynamoDBClient): Promise<boolean> {
  const key = (name: string, type: "HASH" | "RANGE") => ({ AttributeName: name, KeyType: type });
  try {
    await client.send(
      new CreateTableCommand({
        TableName: TABLE_NAME,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: ["PK", "SK", "GSI1PK", "GSI1SK"].map((name) => ({
          AttributeName: name,
          AttributeType: "S",
        })),
        KeySchema: [key("PK", "HASH"), key("SK", "RANGE")],
        GlobalSecondaryIndexes: [
          {
            IndexName: "GSI1",
            KeySchema: [key("GSI1PK", "HASH"), key("GSI1SK", "RANGE")],
            Projection: { ProjectionType: "ALL" },
          },
        ],
      }),
    );
    // A new table takes nothing until it is active, which on a busy machine is a moment later.
    await waitUntilTableExists(
      { client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.5 },
      { TableName: TABLE_NAME },
    );
    return true;
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
}
