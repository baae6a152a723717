/**
 * Deletions by a receipt whose time has run out: SQS deletes the message unless somebody else has it, fauxqs knows the receipt
 * no more. The message is taken out when it would be received next.
 */
import type { QueueJournal } from "./queue-journal.ts";
import { toFauxqsUrl } from "./queue-names.ts";
import type { QueuesInMemory } from "./queues-in-memory.ts";
import { splitReceiptHandle } from "./receipt-handle.ts";
import type { SqsBody } from "./sqs-body.ts";
import { SqsError } from "./sqs-error.ts";

export function createLateDeletions(memory: QueuesInMemory, journal: QueueJournal) {
  /** The queue, by the message's id. */
  const due = new Map<string, string>();

  async function isHeld(queueName: string, handle: string): Promise<boolean> {
    const input = { QueueUrl: toFauxqsUrl(queueName), ReceiptHandle: handle, VisibilityTimeout: 43_200 };
    try {
      await memory.call("ChangeMessageVisibility", input);
      return true;
    } catch (error) {
      if (error instanceof SqsError) return false;
      throw error;
    }
  }

  return {
    /** To be told before a message is deleted. */
    async note(queueName: string, receiptHandle: string): Promise<void> {
      const { messageId, handle } = splitReceiptHandle(receiptHandle);
      if (await isHeld(queueName, handle)) return;
      if (await journal.hasMessage(messageId)) due.set(messageId, queueName);
    },

    /** @returns those that nobody has deleted; the others are taken out */
    async takeOut(
      queueName: string,
      messages: SqsBody[],
      idOf: (message: SqsBody) => string,
    ): Promise<SqsBody[]> {
      const late = messages.filter((message) => due.get(idOf(message)) === queueName);
      for (const message of late) {
        const { ReceiptHandle = "" } = message;
        await memory.call("DeleteMessage", { QueueUrl: toFauxqsUrl(queueName), ReceiptHandle });
        due.delete(idOf(message));
      }
      return messages.filter((message) => !late.includes(message));
    },

    forget(queueName: string): void {
      for (const [messageId, name] of due) if (name === queueName) due.delete(messageId);
    },

    countIn: (queueName: string) => [...due.values()].filter((name) => name === queueName).length,
  };
}
