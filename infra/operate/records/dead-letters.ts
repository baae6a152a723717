/** The dead-letter queue, looked into without taking anything out. */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { DeadLetter, DeadLetters } from "../console/contract.ts";
import type { ExecutionReader } from "./executions.ts";

export type DeadLetterReader = ReturnType<typeof createDeadLetterReader>;

const SHOWN = 200;
/** Seconds. Long enough to see each message once; given back at once, and by itself if this process dies. */
const HIDDEN_WHILE_LOOKING = 15;
/** Milliseconds that one look serves everybody who asks. */
const LOOK_IS_FRESH = 2_000;

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

/** What the state machine sends; a message that the overflow queue gave up is a payment event and has no execution. */
const bodySchema = z.object({
  eventId: text,
  executionArn: text,
  checkoutSessionId: text,
  paymentIntentId: text,
  userId: text,
  courseId: text,
  error: text,
  cause: text,
});

export function createDeadLetterReader(sqs: SQSClient, queueUrl: string, executions: ExecutionReader) {
  let lastLook: { at: number; result: Promise<Message[]> } | undefined;

  async function receiveAll(): Promise<Message[]> {
    const seen = new Map<string, Message>();
    while (seen.size < SHOWN) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: HIDDEN_WHILE_LOOKING,
          MessageSystemAttributeNames: ["SentTimestamp"],
        }),
      );
      if (Messages.length === 0) break;
      for (const message of Messages) seen.set(message.MessageId ?? "", message);
    }
    return [...seen.values()];
  }

  async function giveBack(messages: Message[]): Promise<void> {
    for (let first = 0; first < messages.length; first += 10) {
      const Entries = messages.slice(first, first + 10).map(({ ReceiptHandle = "" }, index) => ({
        Id: String(index),
        ReceiptHandle,
        VisibilityTimeout: 0,
      }));
      await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  }

  async function look(): Promise<Message[]> {
    const messages = await receiveAll();
    await giveBack(messages);
    return messages;
  }

  function lookOnce(): Promise<Message[]> {
    if (!lastLook || Date.now() - lastLook.at > LOOK_IS_FRESH) lastLook = { at: Date.now(), result: look() };
    return lastLook.result;
  }

  return {
    /** Oldest first: that student has waited longest. */
    async listDeadLetters(): Promise<DeadLetters> {
      const messages = await lookOnce();
      const deadLetters = messages.map(toDeadLetter).sort((a, b) => a.sentAt.localeCompare(b.sentAt));
      const names = [...new Set(deadLetters.flatMap(({ executionName }) => executionName ?? []))];
      const statuses = new Map(
        await Promise.all(names.map(async (name) => [name, await executions.findStatus(name)] as const)),
      );
      return {
        deadLetters: deadLetters.map((letter) => ({
          ...letter,
          executionStatus: statuses.get(letter.executionName ?? ""),
        })),
        total: Math.max(deadLetters.length, await countMessages(sqs, queueUrl)),
      };
    },

    /** @returns false when the message is no longer there */
    async deleteDeadLetter(messageId: string): Promise<boolean> {
      const messages = await receiveAll();
      const message = messages.find(({ MessageId }) => MessageId === messageId);
      if (message) {
        const { ReceiptHandle } = message;
        await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      }
      await giveBack(messages.filter((other) => other !== message));
      lastLook = undefined;
      return message !== undefined;
    },
  };
}

/** About: SQS counts are eventually right. Includes what somebody is looking at. */
export async function countMessages(sqs: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

export function toDeadLetter({ MessageId = "", Body = "", Attributes }: Message): DeadLetter {
  const result = bodySchema.safeParse(parseJson(Body));
  const { executionArn, error, cause, ...ids } = result.success
    ? result.data
    : ({} as Record<string, undefined>);
  return {
    ...ids,
    messageId: MessageId,
    sentAt: new Date(Number(Attributes?.SentTimestamp ?? 0)).toISOString(),
    error: error ?? "NotStarted",
    cause: cause ?? "The overflow queue's consumer could not start an execution and gave up.",
    executionName: executionArn?.split(":").at(-1),
  };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
