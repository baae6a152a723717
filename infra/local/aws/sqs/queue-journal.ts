/** What the queues must not forget: the messages that nobody has deleted, and the queues that clients have created. */
import type { Database } from "../../storage/database.ts";
import type { SqsBody } from "./sqs-body.ts";

export interface JournaledMessage {
  messageId: string;
  /** The queue that it was sent to; a RedrivePolicy may have moved it since. */
  queueName: string;
  /** Milliseconds since 1970. */
  sentAt: number;
  /** The request that sent it, without the queue. */
  request: SqsBody & { DelaySeconds?: number };
}

export type QueueJournal = ReturnType<typeof createQueueJournal>;

export function createQueueJournal(database: Database) {
  const messages = database.sublevel<string, JournaledMessage>("message", { valueEncoding: "json" });
  const queues = database.sublevel<string, SqsBody>("queue", { valueEncoding: "json" });
  // A deletion may follow its message at once and must not overtake it.
  let lastWrite = Promise.resolve();

  function inOrder(write: () => Promise<void>): Promise<void> {
    lastWrite = lastWrite.then(write, write);
    return lastWrite;
  }

  return {
    addMessages: (added: JournaledMessage[]) =>
      inOrder(() => messages.batch(added.map((value) => ({ type: "put", key: value.messageId, value })))),
    removeMessages: (messageIds: string[]) =>
      inOrder(() => messages.batch(messageIds.map((key) => ({ type: "del", key })))),
    /** In the order in which they were sent. */
    async listMessages(): Promise<JournaledMessage[]> {
      const all = await messages.values().all();
      return all.sort((one, other) => one.sentAt - other.sentAt);
    },
    /** @param request a CreateQueue */
    addQueue: (request: SqsBody, queueName: string) => inOrder(() => queues.put(queueName, request)),
    removeQueue: (queueName: string) => inOrder(() => queues.del(queueName)),
    listQueues: () => queues.iterator().all(),
  };
}
