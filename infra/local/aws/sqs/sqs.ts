/**
 * SQS: fauxqs, with queue URLs of the one endpoint and with messages that survive a crash. After one, they come back in
 * the queue that they were in, with their dates and counts, as if nobody held them.
 */
import { queueUrl } from "#infra/local/names.ts";
import type { Database } from "../../storage/database.ts";
import { errorReply } from "../json-service.ts";
import { unknownOperation } from "../unknown-operation.ts";
import { type AwsReply, type AwsRequest, type AwsService, ServiceError } from "../wire.ts";
import { keepJournal } from "./keep-journal.ts";
import { createQueueJournal } from "./queue-journal.ts";
import { toFauxqsUrl, toQueueName } from "./queue-names.ts";
import { createQueuesInMemory } from "./queues-in-memory.ts";
import { joinReceiptHandle, splitReceiptHandle } from "./receipt-handle.ts";
import { type QueueOption, restoreQueues } from "./restore-queues.ts";
import { asItWas, madeAsItWas } from "./restored.ts";
import { type QueueOperation, type SqsBody, sqsBodySchema } from "./sqs-body.ts";

interface Sqs {
  service: AwsService;
  close(): Promise<void>;
}

/** Those that fauxqs has. */
const OPERATIONS = new Set(
  (
    "ChangeMessageVisibility ChangeMessageVisibilityBatch CreateQueue DeleteMessage DeleteMessageBatch DeleteQueue " +
    "GetQueueAttributes GetQueueUrl ListQueueTags ListQueues PurgeQueue ReceiveMessage SendMessage SendMessageBatch " +
    "SetQueueAttributes TagQueue UntagQueue"
  ).split(" "),
);
const EMPTYING = ["PurgeQueue", "DeleteQueue"];

/** @param endpointUrl what queue URLs begin with, e.g. `http://localhost:4566` */
export async function startSqs(database: Database, endpointUrl: string, queues: QueueOption[]): Promise<Sqs> {
  const memory = createQueuesInMemory();
  const journal = createQueueJournal(database);
  const restored = await restoreQueues(memory, journal, queues);
  const originalId = (messageId: string) => restored.messages.get(messageId)?.messageId ?? messageId;

  async function perform(request: QueueOperation, isAbandoned: () => boolean): Promise<AwsReply> {
    const { operation, queueName, input } = request;
    const emptied = EMPTYING.includes(operation) ? await memory.listMessageIds(queueName) : [];
    const reply = await memory.call(operation, toFauxqs(input));
    if (reply.status !== 200) return reply;
    const output = JSON.parse(reply.body) as SqsBody;
    if (output.Messages && isAbandoned()) await giveBack(queueName, output.Messages);
    const shown = fromFauxqs(
      operation === "GetQueueAttributes" ? madeAsItWas(restored, queueName, output) : output,
    );
    await keepJournal(journal, { ...request, output: shown }, emptied.map(originalId));
    return { ...reply, body: JSON.stringify(shown) };
  }

  /** Nobody reads the answer to a long poll whose client has gone. */
  async function giveBack(queueName: string, messages: SqsBody[]) {
    const Entries = messages.map(({ ReceiptHandle = "" }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await memory.require("ChangeMessageVisibilityBatch", { QueueUrl: toFauxqsUrl(queueName), Entries });
  }

  const toUrl = (url: string) => queueUrl(endpointUrl, toQueueName(url));

  function fromFauxqs(output: SqsBody): SqsBody {
    const { QueueUrl, QueueUrls, Messages } = output;
    return {
      ...output,
      ...(QueueUrl && { QueueUrl: toUrl(QueueUrl) }),
      ...(QueueUrls && { QueueUrls: QueueUrls.map(toUrl) }),
      ...(Messages && {
        Messages: Messages.map((message) => {
          const shown = asItWas(restored, message);
          const { MessageId = "", ReceiptHandle = "" } = shown;
          return { ...shown, ReceiptHandle: joinReceiptHandle(MessageId, ReceiptHandle) };
        }),
      }),
    };
  }

  return {
    async service(request) {
      try {
        return await perform(readOperation(request), () => request.isAbandoned());
      } catch (error) {
        return errorReply(error, "application/x-amz-json-1.0", "com.amazonaws.sqs#");
      }
    },
    close: () => memory.close(),
  };
}

function readOperation({ operation, body }: AwsRequest): QueueOperation {
  if (!OPERATIONS.has(operation)) throw unknownOperation(operation, OPERATIONS);
  try {
    const input = sqsBodySchema.parse(JSON.parse(body || "{}")) as SqsBody;
    return { operation, input, queueName: input.QueueName ?? toQueueName(input.QueueUrl ?? "") };
  } catch {
    throw new ServiceError("SerializationException", "The request's body is not of the operation's form.");
  }
}

function toFauxqs(input: SqsBody): SqsBody {
  const { QueueUrl, ReceiptHandle, Entries } = input;
  return {
    ...input,
    ...(QueueUrl && { QueueUrl: toFauxqsUrl(toQueueName(QueueUrl)) }),
    ...(ReceiptHandle && { ReceiptHandle: splitReceiptHandle(ReceiptHandle).handle }),
    ...(Entries && { Entries: Entries.map((entry) => ({ ...entry, ...toFauxqs(entry) })) }),
  };
}
