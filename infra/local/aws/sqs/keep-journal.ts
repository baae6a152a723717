/** What each operation means for the journal. */
import type { QueueJournal } from "./queue-journal.ts";
import { splitReceiptHandle } from "./receipt-handle.ts";
import type { QueueOperation, SqsBody } from "./sqs-body.ts";

/** @param emptiedIds the messages that the queue held before the operation, if it empties the queue */
export async function keepJournal(
  journal: QueueJournal,
  { operation, queueName, input, output }: QueueOperation & { output: SqsBody },
  emptiedIds: string[],
): Promise<void> {
  const sent = ({ QueueUrl: _url, ...request }: SqsBody, messageId: string) => ({
    messageId,
    queueName,
    sentAt: Date.now(),
    request,
  });
  const accepted = new Map(output.Successful?.map(({ Id, MessageId = "" }) => [Id, MessageId]));
  const entries = input.Entries?.filter(({ Id }) => accepted.has(Id)) ?? [];

  if (operation === "SendMessage") await journal.addMessages([sent(input, output.MessageId ?? "")]);
  else if (operation === "SendMessageBatch") {
    await journal.addMessages(entries.map(({ Id, ...request }) => sent(request, accepted.get(Id) ?? "")));
  } else if (operation === "DeleteMessage") await journal.removeMessages([messageOf(input)]);
  else if (operation === "DeleteMessageBatch") await journal.removeMessages(entries.map(messageOf));
  else if (operation === "ReceiveMessage") {
    await journal.noteReceived(output.Messages?.map(({ MessageId = "" }) => MessageId) ?? [], queueName);
  } else if (operation === "CreateQueue") {
    await journal.addQueue(input, queueName);
    await journal.noteMade(queueName);
  } else if (operation === "DeleteQueue") await journal.removeQueue(queueName);
  if (emptiedIds.length > 0) await journal.removeMessages(emptiedIds);
}

const messageOf = ({ ReceiptHandle = "" }: SqsBody) => splitReceiptHandle(ReceiptHandle).messageId;
