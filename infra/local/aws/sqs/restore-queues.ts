/** Brings back, at the start, the queues and the messages that the journal holds. */
import type { JournaledMessage, QueueJournal } from "./queue-journal.ts";
import { toFauxqsUrl } from "./queue-names.ts";
import type { QueuesInMemory } from "./queues-in-memory.ts";

export interface QueueOption {
  name: string;
  attributes?: Record<string, string>;
}

/** @returns the id that each message had, by the id that it has now */
export async function restoreQueues(
  memory: QueuesInMemory,
  journal: QueueJournal,
  queues: QueueOption[],
): Promise<Map<string, string>> {
  for (const { name, attributes = {} } of queues) {
    await memory.require("CreateQueue", { QueueName: name, Attributes: attributes });
  }
  const named = new Set(queues.map(({ name }) => name));
  for (const [queueName, request] of await journal.listQueues()) {
    if (!named.has(queueName)) await memory.require("CreateQueue", { ...request });
  }
  const originalIds = new Map<string, string>();
  for (const message of await journal.listMessages()) {
    const input = {
      ...message.request,
      ...remainingDelay(message),
      QueueUrl: toFauxqsUrl(message.queueName),
    };
    const { status, body } = await memory.call("SendMessage", input);
    // A queue that is no longer configured keeps its messages in the journal, for when it is again.
    if (status === 200) originalIds.set(JSON.parse(body).MessageId, message.messageId);
  }
  return originalIds;
}

/** Seconds. */
function remainingDelay({ request, sentAt }: JournaledMessage) {
  if (!request.DelaySeconds) return {};
  return { DelaySeconds: Math.max(0, Math.ceil(request.DelaySeconds - (Date.now() - sentAt) / 1000)) };
}
