/** Does what Lambda's event source mapping does: brings a queue's messages to a handler, and deletes what it has done. */
import { setTimeout as delay } from "node:timers/promises";
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { createLambdaContext } from "#infra/local/http-api/lambda-context.ts";
import { type AwsConnection, awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { toQueueName } from "./sqs/queue-names.ts";
import { toSqsRecord } from "./sqs/sqs-record.ts";

export interface QueueConsumerOptions {
  aws: AwsConnection;
  queueUrl: string;
  /** 1 to 10. */
  batchSize: number;
  /** What it reports, and the whole batch when it throws, reappears after the queue's visibility timeout. */
  handler: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse | void>;
}

export interface QueueConsumer {
  /** Ends the poll at once, and resolves when the batch in hand is done. */
  close(): Promise<void>;
}

/** As long as SQS allows. */
const LONGEST_POLL_SECONDS = 20;
/** While the queue cannot be reached. */
const PAUSE_AFTER_ERROR_MS = 1000;

export function startQueueConsumer({
  aws,
  queueUrl,
  batchSize,
  handler,
}: QueueConsumerOptions): QueueConsumer {
  const sqs = new SQSClient({
    ...awsClientConfig(aws),
    useQueueUrlAsEndpoint: false,
  });
  const closing = new AbortController();

  async function receive(): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: batchSize,
      WaitTimeSeconds: LONGEST_POLL_SECONDS,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    const { Messages = [] } = await sqs.send(command, { abortSignal: closing.signal });
    return Messages;
  }

  async function handleBatch(messages: Message[]) {
    const event = { Records: messages.map((message) => toSqsRecord(message, queueUrl)) };
    const context = createLambdaContext(toQueueName(queueUrl), crypto.randomUUID());
    const failed = failedIds(event, await handler(event, context));
    const done = event.Records.filter(({ messageId }) => !failed.has(messageId));
    if (done.length === 0) return;
    const Entries = done.map(({ messageId, receiptHandle }) => ({
      Id: messageId,
      ReceiptHandle: receiptHandle,
    }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }

  async function consume() {
    while (!closing.signal.aborted) {
      const messages = await receive().catch(async () => {
        await delay(PAUSE_AFTER_ERROR_MS, undefined, { signal: closing.signal }).catch(() => undefined);
        return [];
      });
      // The queue delivers the batch again; the handler has logged why.
      if (messages.length > 0) await handleBatch(messages).catch(() => undefined);
    }
    sqs.destroy();
  }

  const consumed = consume();
  return {
    async close() {
      closing.abort();
      await consumed;
    },
  };
}

/** As Lambda judges: a response that names no message of the batch fails the whole batch. */
function failedIds({ Records }: SQSEvent, response: SQSBatchResponse | void): Set<string> {
  const all = new Set(Records.map(({ messageId }) => messageId));
  const failed = new Set(response?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((id) => all.has(id)) ? failed : all;
}
