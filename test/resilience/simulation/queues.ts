/** SQS: at least once, in any order; what is not deleted appears again, and too often received goes to the dead letters. */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { QUEUES } from "#infra/deployment/queues.ts";
import type { Agenda } from "./agenda.ts";
import { ModelGap } from "./model-gap.ts";
import type { Random } from "./random.ts";

const { visibilityTimeoutSeconds, redrive } = QUEUES.overflowQueue;
const VISIBILITY_MS = visibilityTimeoutSeconds * 1000;
/** Of deleted messages: those that come once more. */
const DUPLICATES = 0.02;

export const OVERFLOW_QUEUE = "http://localhost:1/000000000000/bursar-webhook-queue";
/** As the definition names it before deployment. */
export const DEAD_LETTER_QUEUE = "${DeadLetterQueueUrl}";

export interface Message {
  messageId: string;
  body: string;
  sentAt: number;
  visibleAt: number;
  receiveCount: number;
  deleted: boolean;
  /** When a consumer has first asked for it to be deleted. */
  takenOffAt?: number;
}

interface Queue {
  ever: Message[];
  /** Those that nobody has deleted, by their id. */
  standing: Map<string, Message>;
}

const createQueue = (): Queue => ({ ever: [], standing: new Map() });

/** @param onVisible told the delay after which the webhook queue has something to receive */
export function createQueuesModel(agenda: Agenda, random: Random, onVisible: (delayMs: number) => void) {
  const queues = new Map([
    [OVERFLOW_QUEUE, createQueue()],
    [DEAD_LETTER_QUEUE, createQueue()],
  ]);
  let sent = 0;

  function queueAt(url = ""): Queue {
    const queue = queues.get(url);
    if (!queue) throw new ModelGap(`There is no queue ${url}.`);
    return queue;
  }

  function send(url: string | undefined, body = "") {
    sent += 1;
    const now = agenda.now();
    const messageId = `message-${sent}`;
    const message = { messageId, body, sentAt: now, visibleAt: now, receiveCount: 0, deleted: false };
    const { ever, standing } = queueAt(url);
    ever.push(message);
    standing.set(messageId, message);
    if (url === OVERFLOW_QUEUE) onVisible(0);
    return { MessageId: messageId };
  }

  function receive(url: string | undefined, limit = 1, hiddenMs = VISIBILITY_MS): Message[] {
    const now = agenda.now();
    const queue = queueAt(url);
    const visible = [...queue.standing.values()].filter(({ visibleAt }) => visibleAt <= now);
    const taken: Message[] = [];
    while (taken.length < limit && visible.length > 0) {
      const [message] = visible.splice(random.below(visible.length), 1);
      if (!message) break;
      message.receiveCount += 1;
      message.visibleAt = now + hiddenMs;
      if (url === OVERFLOW_QUEUE && message.receiveCount > redrive.maxReceiveCount) {
        take(message, queue);
        send(DEAD_LETTER_QUEUE, message.body);
      } else taken.push(message);
    }
    if (url === OVERFLOW_QUEUE && taken.length > 0) onVisible(VISIBILITY_MS);
    return taken;
  }

  function remove(url: string | undefined, receipt: string | undefined) {
    const queue = queueAt(url);
    const message = queue.standing.get(receipt ?? "");
    if (!message) return;
    message.takenOffAt ??= agenda.now();
    if (url === OVERFLOW_QUEUE && random.chance(DUPLICATES)) message.visibleAt = agenda.now();
    else take(message, queue);
  }

  function take(message: Message, { standing }: Queue) {
    message.deleted = true;
    standing.delete(message.messageId);
  }

  return {
    send,
    receive,
    remove,
    /** What is there, visible or not. */
    messages: (url: string) => [...queueAt(url).standing.values()],
    depth: (url: string) => queueAt(url).standing.size,
    /** What has ever been there. */
    allMessages: (url: string): readonly Message[] => queueAt(url).ever,
    handle(command: unknown): unknown {
      if (command instanceof SendMessageCommand)
        return send(command.input.QueueUrl, command.input.MessageBody);
      if (command instanceof ReceiveMessageCommand) {
        const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout } = command.input;
        const hiddenMs = VisibilityTimeout === undefined ? undefined : VisibilityTimeout * 1000;
        return { Messages: receive(QueueUrl, MaxNumberOfMessages, hiddenMs).map(toReceived) };
      }
      if (command instanceof DeleteMessageCommand) {
        remove(command.input.QueueUrl, command.input.ReceiptHandle);
        return {};
      }
      if (command instanceof DeleteMessageBatchCommand) {
        for (const { ReceiptHandle } of command.input.Entries ?? [])
          remove(command.input.QueueUrl, ReceiptHandle);
        return { Successful: command.input.Entries, Failed: [] };
      }
      if (command instanceof ChangeMessageVisibilityBatchCommand) {
        const { QueueUrl, Entries = [] } = command.input;
        for (const { ReceiptHandle, VisibilityTimeout = 0 } of Entries) {
          const message = queueAt(QueueUrl).standing.get(ReceiptHandle ?? "");
          if (!message) continue;
          message.visibleAt = agenda.now() + VisibilityTimeout * 1000;
          if (QueueUrl === OVERFLOW_QUEUE) onVisible(VisibilityTimeout * 1000);
        }
        return { Successful: Entries, Failed: [] };
      }
      throw new ModelGap(`The model of SQS does not know ${(command as object).constructor.name}.`);
    },
  };
}

function toReceived({ messageId, body, sentAt, receiveCount }: Message) {
  return {
    MessageId: messageId,
    ReceiptHandle: messageId,
    Body: body,
    Attributes: { SentTimestamp: String(sentAt), ApproximateReceiveCount: String(receiveCount) },
  };
}
