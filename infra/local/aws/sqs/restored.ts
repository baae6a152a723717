/** What messages and queues were before a restart, told of those that were made anew then. */
import type { JournaledMessage, Receipts } from "./queue-journal.ts";
import type { SqsBody } from "./sqs-body.ts";

export interface Restored {
  /** Milliseconds since 1970, by the queue's name. */
  queuesMadeAt: Map<string, number>;
  /** By the id that each has now. */
  messages: Map<string, JournaledMessage & { receipts: Receipts | undefined }>;
}

type Attributes = Record<string, string>;

/** @returns the message with its own id, dates and counts; only the attributes that were asked for */
export function asItWas({ messages }: Restored, message: SqsBody): SqsBody {
  const before = messages.get(message.MessageId ?? "");
  if (!before) return message;
  const { messageId: MessageId, sentAt, receipts } = before;
  const Attributes = message["Attributes"] as Attributes | undefined;
  if (!Attributes) return { ...message, MessageId };
  const changed = {
    SentTimestamp: String(sentAt),
    ApproximateReceiveCount: String(Number(Attributes["ApproximateReceiveCount"]) + (receipts?.count ?? 0)),
    ...(receipts && { ApproximateFirstReceiveTimestamp: String(receipts.firstAt) }),
  };
  return { ...message, MessageId, Attributes: replaceIn(Attributes, changed) };
}

/** @returns the answer to GetQueueAttributes with the time at which the queue was made first */
export function madeAsItWas({ queuesMadeAt }: Restored, queueName: string, output: SqsBody): SqsBody {
  const madeAt = queuesMadeAt.get(queueName);
  const Attributes = output["Attributes"] as Attributes | undefined;
  if (madeAt === undefined || !Attributes) return output;
  return {
    ...output,
    Attributes: replaceIn(Attributes, { CreatedTimestamp: String(Math.floor(madeAt / 1000)) }),
  };
}

const replaceIn = (attributes: Attributes, changed: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, changed[name] ?? value]));
