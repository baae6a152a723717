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
/** Letters that somebody else looks at come back within seconds: so many empty answers, a second each, are waited for them. */
const PATIENT_ANSWERS = 3;

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
  async function receiveAll(
    hiddenForSeconds: number,
    { expected, emptyAnswers }: { expected: number; emptyAnswers: number },
  ): Promise<DeadLetter[]> {
    const letters = new Map<string, DeadLetter>();
    for (let empty = 0; empty < emptyAnswers; ) {
      const isMissing = letters.size < expected;
      const batch = await receiveBatch(hiddenForSeconds, isMissing ? 1 : 0);
      const isNew = batch.some(({ messageId }) => !letters.has(messageId));
      if (!isNew && !isMissing) break;
      if (!isNew) empty += 1;
      for (const letter of batch) letters.set(letter.messageId, letter);
    }
    return [...letters.values()].sort((one, other) => one.sentAt.localeCompare(other.sentAt));
  }

  let turn: Promise<unknown> = Promise.resolve();
  /** Two readers at once would each find what the other leaves. */
  function inTurn<Result>(read: () => Promise<Result>): Promise<Result> {
    const result = turn.then(read);
    turn = result.catch(() => {});
    return result;
  }

  async function releaseDeadLetters(letters: DeadLetter[]): Promise<void> {
    for (const Entries of batches(letters, (letter, index) => ({
      ...toEntry(letter, index),
      VisibilityTimeout: 0,
    })))
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
  }

  return {
    receiveDeadLetters: (hiddenForSeconds) =>
      inTurn(() => receiveAll(hiddenForSeconds, { expected: Infinity, emptyAnswers: 1 })),

    peekDeadLetters: () =>
      inTurn(async () => {
        const { all: expected } = await countMessages(queueUrl, client);
        const patience = { expected, emptyAnswers: PATIENT_ANSWERS };
        const letters = await receiveAll(HIDDEN_WHILE_PEEKING_SECONDS, patience);
        await releaseDeadLetters(letters);
        return letters;
      }),

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
