/** What the queues must not forget: the messages that nobody has deleted, and the queues that clients have created. */
import type { Database } from "../../storage/database.ts";
import { firstSeenAt, forgetFirstSeen } from "../../storage/first-seen.ts";
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

/** How often a message was received, and where: a RedrivePolicy may have moved it. Times are milliseconds since 1970. */
export interface Receipts {
  count: number;
  firstAt: number;
  queueName: string;
}

export type QueueJournal = ReturnType<typeof createQueueJournal>;

export function createQueueJournal(database: Database) {
  const messages = database.sublevel<string, JournaledMessage>("message", { valueEncoding: "json" });
  const receipts = database.sublevel<string, Receipts>("receipts", { valueEncoding: "json" });
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
      inOrder(async () => {
        await messages.batch(messageIds.map((key) => ({ type: "del", key })));
        await receipts.batch(messageIds.map((key) => ({ type: "del", key })));
      }),
    noteReceived: (messageIds: string[], queueName: string) =>
      inOrder(async () => {
        for (const id of messageIds) {
          const { count = 0, firstAt = Date.now() } = (await receipts.get(id)) ?? {};
          await receipts.put(id, { count: count + 1, firstAt, queueName });
        }
      }),
    hasMessage: async (messageId: string) => (await messages.get(messageId)) !== undefined,
    findReceipts: (messageId: string) => receipts.get(messageId),
    /** In the order in which they were sent. */
    async listMessages(): Promise<JournaledMessage[]> {
      const all = await messages.values().all();
      return all.sort((one, other) => one.sentAt - other.sentAt);
    },
    /** @param request a CreateQueue */
    addQueue: (request: SqsBody, queueName: string) => inOrder(() => queues.put(queueName, request)),
    removeQueue: (queueName: string) =>
      inOrder(async () => {
        await queues.del(queueName);
        await forgetFirstSeen(database, `queue/${queueName}`);
      }),
    /** @returns when it was made, in milliseconds since 1970: now, unless it is known from before */
    noteMade: (queueName: string) => firstSeenAt(database, `queue/${queueName}`),
    listQueues: () => queues.iterator().all(),
  };
}
