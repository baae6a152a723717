/** Purchases that have failed for want of their course, with their letters: hundreds, in the time that ten would take to fail. */
import path from "node:path";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { createExecutionStore } from "#infra/local/aws/step-functions/execution-store.ts";
import { DEAD_LETTER_QUEUE_NAME, executionArn, queueUrl, TABLE_NAME } from "#infra/local/names.ts";
import { openDatabase } from "#infra/local/storage/database.ts";
import { executionFailed, executionStarted, numberEvents } from "#infra/states-language/history-events.ts";
import { paymentEvent, student } from "#test/support/payment-events.ts";
import type { StackClients } from "#test/support/stack-clients.ts";

const CAUSE = { error: "CourseNotFound", cause: "the course does not exist" };
const A_MINUTE = 60_000;

const eventOf = (name: string, courseId: string) =>
  paymentEvent({
    eventId: name,
    checkoutSessionId: `cs_test_${name}`,
    paymentIntentId: `pi_${name}`,
    customerId: `cus_${name}`,
    userId: `user-${name}`,
    clientReferenceId: `user-${name}`,
    courseId,
  });

/** Before the stack starts. */
export async function seedFailedExecutions(
  dataDir: string,
  names: string[],
  courseId: string,
): Promise<void> {
  const database = await openDatabase(path.join(dataDir, "aws", "state"));
  const store = createExecutionStore(database);
  for (const name of names) {
    const input = JSON.stringify(eventOf(name, courseId));
    const event = JSON.parse(input) as Record<string, string>;
    const events = numberEvents(
      [executionStarted(input, "arn:aws:iam::0:role/seeded"), executionFailed(CAUSE)],
      0,
    );
    const startedAt = Date.now() - A_MINUTE;
    const execution = {
      name,
      arn: executionArn(name),
      status: "FAILED",
      input,
      ...CAUSE,
      startedAt,
      startOrder: store.nextStartOrder(startedAt),
      stoppedAt: startedAt + 40,
      redriveCount: 0,
      state: {
        name: "AwaitRedrive",
        input: { ...event, error: { Error: CAUSE.error }, deadLetter: { redriveCount: 0 } },
        enteredAt: startedAt,
      },
      eventCount: events.length,
    } as const;
    await store.writeTransition(execution, events, undefined);
  }
  await database.close();
}

/** At the running stack: the students who paid, and the letters. */
export async function sendLetters(
  { sqs, table }: StackClients,
  awsUrl: string,
  names: string[],
  courseId: string,
): Promise<void> {
  for (const some of inTens(names)) {
    const students = some.map((name) => studentItem({ ...student, userId: `user-${name}` }));
    const puts = students.map((Item) => ({ PutRequest: { Item } }));
    await table.client.send(new BatchWriteCommand({ RequestItems: { [TABLE_NAME]: puts } }));
    const Entries = some.map((name) => {
      const { eventId, checkoutSessionId, paymentIntentId, userId } = eventOf(name, courseId);
      const ids = { eventId, checkoutSessionId, paymentIntentId, userId, courseId };
      return {
        Id: name,
        MessageBody: JSON.stringify({ ...ids, executionArn: executionArn(name), ...CAUSE }),
      };
    });
    await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl(awsUrl, DEAD_LETTER_QUEUE_NAME), Entries }),
    );
  }
}

const inTens = <T>(items: T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / 10) }, (_, index) =>
    items.slice(index * 10, index * 10 + 10),
  );
