/** The dead-letter queue in SQS, for operators. */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import { type DeadLetter, readDeadLetter } from "#workflow/dead-letters/read.ts";
import type { DeadLetterQueue } from "#workflow/ports/queues.ts";
import type { AwsPlace } from "../aws-client.ts";
import { countMessages, createQueueClient } from "./queues.ts";

/** SQS's own limit. */
const BATCH_SIZE = 10;
/** Long enough to see each letter once; they are given back at once, and by themselves if this process dies. */
const HIDDEN_WHILE_PEEKING_SECONDS = 60;

export function createDeadLetterQueue(
  queueUrl: string,
  aws?: AwsPlace,
  client = createQueueClient(aws),
): DeadLetterQueue {
  async function receiveBatch(hiddenForSeconds: number, waitSeconds: number): Promise<DeadLetter[]> {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: BATCH_SIZE,
        VisibilityTimeout: hiddenForSeconds,
        MessageSystemAttributeNames: ["SentTimestamp"],
        WaitTimeSeconds: waitSeconds,
      }),
    );
    return Messages.map(toDeadLetter);
  }

  /**
   * A short poll asks some of SQS's servers only, and may find nothing where there is something: it is good for no more
   * than to see that nothing is left.
   */
  async function receiveAll(hiddenForSeconds: number, most: number, expected: number): Promise<DeadLetter[]> {
    const letters = new Map<string, DeadLetter>();
    while (letters.size < most) {
      const batch = await receiveBatch(hiddenForSeconds, letters.size < expected ? 1 : 0);
      if (batch.every(({ messageId }) => letters.has(messageId))) break;
      for (const letter of batch) letters.set(letter.messageId, letter);
    }
    return [...letters.values()].sort((one, other) => one.sentAt.localeCompare(other.sentAt));
  }

  async function releaseDeadLetters(letters: DeadLetter[]): Promise<void> {
    for (const Entries of batches(letters, (letter, index) => ({
      ...toEntry(letter, index),
      VisibilityTimeout: 0,
    })))
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
  }

  return {
    receiveDeadLetters: (hiddenForSeconds) => receiveAll(hiddenForSeconds, Infinity, Infinity),

    async peekDeadLetters(most = Infinity) {
      const { visible } = await countMessages(queueUrl, client);
      const letters = await receiveAll(HIDDEN_WHILE_PEEKING_SECONDS, most, visible);
      await releaseDeadLetters(letters);
      return letters;
    },

    countDeadLetters: async () => (await countMessages(queueUrl, client)).all,

    async deleteDeadLetters(letters) {
      for (const Entries of batches(letters, toEntry)) {
        const { Failed = [] } = await client.send(
          new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }),
        );
        if (Failed.length > 0) throw new Error(`${Failed.length} dead letters could not be deleted`);
      }
    },

    releaseDeadLetters,
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
