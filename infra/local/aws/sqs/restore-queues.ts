/** Brings back, at the start, the queues and the messages that the journal holds. */
import type { JournaledMessage, QueueJournal, Receipts } from "./queue-journal.ts";
import { toFauxqsUrl } from "./queue-names.ts";
import type { QueuesInMemory } from "./queues-in-memory.ts";
import type { Restored } from "./restored.ts";
import type { SqsBody } from "./sqs-body.ts";

export interface QueueOption {
  name: string;
  attributes?: Record<string, string>;
}

/** @returns what the queues and messages were before, which those in memory do not know */
export async function restoreQueues(
  memory: QueuesInMemory,
  journal: QueueJournal,
  queues: QueueOption[],
): Promise<Restored> {
  const restored: Restored = { queuesMadeAt: new Map(), messages: new Map() };
  const requests = new Map(
    queues.map(({ name, attributes = {} }): [string, SqsBody] => [
      name,
      { QueueName: name, Attributes: attributes },
    ]),
  );
  for (const [name, request] of await journal.listQueues()) {
    if (!requests.has(name)) requests.set(name, request);
  }
  for (const [name, request] of requests) {
    await memory.call("CreateQueue", { ...request });
    restored.queuesMadeAt.set(name, await journal.noteMade(name));
  }
  for (const message of await journal.listMessages()) {
    const receipts = await journal.findReceipts(message.messageId);
    const queueName = whereItWas(message, receipts, requests);
    const input = { ...message.request, ...remainingDelay(message), QueueUrl: toFauxqsUrl(queueName) };
    // A queue that is no longer configured keeps its messages in the journal, for when it is again.
    if (!restored.queuesMadeAt.has(queueName)) continue;
    const { MessageId = "" } = await memory.call("SendMessage", input);
    restored.messages.set(MessageId, { ...message, receipts });
  }
  return restored;
}

/** A message that was received as often as its queue allows was moved, or is by whoever asks next. */
function whereItWas(
  { queueName }: JournaledMessage,
  receipts: Receipts | undefined,
  requests: Map<string, SqsBody>,
): string {
  const last = receipts?.queueName ?? queueName;
  const { RedrivePolicy } = (requests.get(last)?.["Attributes"] ?? {}) as { RedrivePolicy?: string };
  if (!RedrivePolicy || !receipts) return last;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(RedrivePolicy) as Record<string, string>;
  return receipts.count >= Number(maxReceiveCount) ? (deadLetterTargetArn?.split(":").at(-1) ?? last) : last;
}

/** Seconds. */
function remainingDelay({ request, sentAt }: JournaledMessage) {
  if (!request.DelaySeconds) return {};
  return { DelaySeconds: Math.max(0, Math.ceil(request.DelaySeconds - (Date.now() - sentAt) / 1000)) };
}
