/** The dead-letter queue in SQS, for operators. */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { type DeadLetter, readDeadLetter } from "#workflow/dead-letters/read.ts";
import type { DeadLetterQueue } from "#workflow/ports/queues.ts";
import { createAwsClient } from "../aws-client.ts";
import { PATIENCE } from "../patience.ts";

/** SQS's own limit. */
const BATCH_SIZE = 10;

export function createDeadLetterQueue(
  queueUrl: string,
  client = createAwsClient(SQSClient, PATIENCE.background),
): DeadLetterQueue {
  async function receive(hiddenForSeconds: number): Promise<Message[]> {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: BATCH_SIZE,
        VisibilityTimeout: hiddenForSeconds,
        MessageSystemAttributeNames: ["SentTimestamp"],
        // A short poll asks some of SQS's servers only, and may find nothing where there is something.
        WaitTimeSeconds: 1,
      }),
    );
    return Messages;
  }

  return {
    async receiveDeadLetters(hiddenForSeconds) {
      const letters = new Map<string, DeadLetter>();
      for (;;) {
        const messages = await receive(hiddenForSeconds);
        if (messages.length === 0) break;
        for (const message of messages) letters.set(message.MessageId ?? "", toDeadLetter(message));
      }
      return [...letters.values()].sort((one, other) => one.sentAt.localeCompare(other.sentAt));
    },

    async deleteDeadLetters(letters) {
      for (const Entries of batches(letters, toEntry)) {
        const { Failed = [] } = await client.send(
          new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }),
        );
        if (Failed.length > 0) throw new Error(`${Failed.length} dead letters could not be deleted`);
      }
    },

    async releaseDeadLetters(letters) {
      for (const Entries of batches(letters, (letter, index) => ({
        ...toEntry(letter, index),
        VisibilityTimeout: 0,
      })))
        await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
    },
  };
}

const toEntry = ({ receiptHandle }: DeadLetter, index: number) => ({
  Id: String(index),
  ReceiptHandle: receiptHandle,
});

function batches<T, Entry>(items: T[], toEntry: (item: T, index: number) => Entry): Entry[][] {
  const count = Math.ceil(items.length / BATCH_SIZE);
  return Array.from({ length: count }, (_, batch) =>
    items.slice(batch * BATCH_SIZE, (batch + 1) * BATCH_SIZE).map(toEntry),
  );
}

function toDeadLetter({ MessageId = "", ReceiptHandle = "", Body = "", Attributes }: Message): DeadLetter {
  const sentAt = new Date(Number(Attributes?.SentTimestamp ?? 0)).toISOString();
  return readDeadLetter(Body, { messageId: MessageId, receiptHandle: ReceiptHandle, sentAt });
}
