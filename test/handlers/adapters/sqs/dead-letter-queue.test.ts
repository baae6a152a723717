import {
  ChangeMessageVisibilityBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { createDeadLetterQueue } from "#handlers/adapters/sqs/dead-letter-queue.ts";
import { DEAD_LETTER_QUEUE_NAME, queueUrl } from "#infra/local/names.ts";
import { startTestEndpoint } from "#test/infra/local/aws/endpoint-fixture.ts";

const LETTERS = 40;

async function openQueue() {
  const { url, sqs } = await startTestEndpoint();
  const QueueUrl = queueUrl(url, DEAD_LETTER_QUEUE_NAME);
  for (let first = 0; first < LETTERS; first += 10) {
    const Entries = Array.from({ length: 10 }, (_, index) => ({
      Id: `m${index}`,
      MessageBody: `${first + index}`,
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
  return { QueueUrl, sqs, queue: createDeadLetterQueue(QueueUrl, undefined, sqs) };
}

test("several who look at once each see every letter", async () => {
  const { queue } = await openQueue();
  const looks = await Promise.all([
    queue.peekDeadLetters(),
    queue.peekDeadLetters(),
    queue.peekDeadLetters(),
  ]);
  expect(looks.map(({ length }) => length)).toEqual([LETTERS, LETTERS, LETTERS]);
});

test("letters that another process looks at are waited for, and seen with the others", async () => {
  const { queue, sqs, QueueUrl } = await openQueue();
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages).toHaveLength(10);
  const look = queue.peekDeadLetters();
  await expect.poll(() => queue.countDeadLetters()).toBe(LETTERS);
  const Entries = Messages.map(({ ReceiptHandle }, index) => ({
    Id: `m${index}`,
    ReceiptHandle,
    VisibilityTimeout: 0,
  }));
  await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  expect(await look).toHaveLength(LETTERS);
});

test("letters that somebody keeps are not waited for without end, and still counted", async () => {
  const { queue, sqs, QueueUrl } = await openQueue();
  await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(await queue.peekDeadLetters()).toHaveLength(LETTERS - 10);
  expect(await queue.countDeadLetters()).toBe(LETTERS);
});
