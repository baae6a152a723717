/**
 * SQS: fauxqs, with queue URLs of the one endpoint and with messages that survive a crash. After one, they come back in
 * the queue that they were in, with their dates and counts, as if nobody held them.
 */
import { queueUrl } from "#infra/local/names.ts";
import type { Database } from "../../storage/database.ts";
import { errorReply } from "../json-service.ts";
import { type AwsRequest, type AwsService, ServiceError } from "../wire.ts";
import { asSqsAnswers, withoutEmpty } from "./answers.ts";
import { keepJournal } from "./keep-journal.ts";
import { createLateDeletions } from "./late-deletions.ts";
import { withWantedAttributes } from "./message-attributes.ts";
import { createPurges } from "./purges.ts";
import { createQueueJournal } from "./queue-journal.ts";
import { toFauxqsUrl, toQueueName } from "./queue-names.ts";
import { createQueuesInMemory } from "./queues-in-memory.ts";
import { joinReceiptHandle, splitReceiptHandle } from "./receipt-handle.ts";
import { partEntries } from "./requests/batch.ts";
import { checkRequest, ENTRY_CHECKS } from "./requests/check-request.ts";
import { type QueueOption, restoreQueues } from "./restore-queues.ts";
import { asItWas, madeAsItWas } from "./restored.ts";
import { type QueueOperation, type SqsBody, sqsBodySchema } from "./sqs-body.ts";
import { SqsError, sqsErrorReply } from "./sqs-error.ts";

interface Sqs {
  service: AwsService;
  close(): Promise<void>;
}

const EMPTYING = ["PurgeQueue", "DeleteQueue"];

/** @param endpointUrl what queue URLs begin with, e.g. `http://localhost:4566` */
export async function startSqs(database: Database, endpointUrl: string, queues: QueueOption[]): Promise<Sqs> {
  const memory = createQueuesInMemory();
  const journal = createQueueJournal(database);
  const restored = await restoreQueues(memory, journal, queues);
  const late = createLateDeletions(memory, journal);
  const purges = createPurges();
  const names = new Set(restored.queuesMadeAt.keys());
  const originalId = (messageId: string) => restored.messages.get(messageId)?.messageId ?? messageId;

  async function perform(request: QueueOperation, isAbandoned: () => boolean): Promise<SqsBody> {
    const { operation, queueName } = request;
    const input = checkRequest(request, names);
    if (operation === "PurgeQueue") purges.begin(queueName);
    const emptied = EMPTYING.includes(operation) ? await memory.listMessageIds(queueName) : [];
    const output = await performEntries({ ...request, input });
    if (output.Messages && isAbandoned()) await giveBack(queueName, output.Messages);
    const shown = fromFauxqs(
      operation === "GetQueueAttributes" ? madeAsItWas(restored, queueName, output) : output,
      (input["MessageAttributeNames"] ?? []) as string[],
    );
    await keepJournal(journal, { ...request, input, output: shown }, emptied.map(originalId));
    keepNames(request);
    return withoutEmpty(asSqsAnswers({ operation, input }, shown, late.countIn(queueName)));
  }

  function keepNames({ operation, queueName }: QueueOperation) {
    if (operation === "CreateQueue") names.add(queueName);
    if (operation === "DeleteQueue") names.delete(queueName);
    if (EMPTYING.includes(operation)) late.forget(queueName);
  }

  /** Of a batch, what is to be refused is refused by itself. */
  async function performEntries(request: QueueOperation): Promise<SqsBody> {
    const check = ENTRY_CHECKS.get(request.operation);
    if (!check) return performOne(request);
    const [Entries, Failed] = partEntries(request.input.Entries ?? [], check);
    const input = { ...request.input, Entries };
    const output = Entries.length > 0 ? await performOne({ ...request, input }) : {};
    return { ...output, Failed: [...(output.Failed ?? []), ...Failed] };
  }

  async function performOne({ operation, queueName, input }: QueueOperation): Promise<SqsBody> {
    if (operation === "ReceiveMessage") return receive(queueName, input);
    if (operation === "DeleteMessage") await late.note(queueName, input.ReceiptHandle ?? "");
    if (operation === "DeleteMessageBatch") {
      for (const { ReceiptHandle = "" } of input.Entries ?? []) await late.note(queueName, ReceiptHandle);
    }
    return memory.call(operation, toFauxqs(operation, input));
  }

  async function receive(queueName: string, input: SqsBody): Promise<SqsBody> {
    for (;;) {
      const { Messages = [] } = await memory.call("ReceiveMessage", toFauxqs("ReceiveMessage", input));
      const idOf = ({ MessageId = "" }: SqsBody) => originalId(MessageId);
      const left = await late.takeOut(queueName, Messages, idOf);
      if (left.length > 0 || Messages.length === 0) return { Messages: left };
    }
  }

  /** Nobody reads the answer to a long poll whose client has gone. */
  async function giveBack(queueName: string, messages: SqsBody[]) {
    if (messages.length === 0) return;
    const Entries = messages.map(({ ReceiptHandle = "" }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await memory.call("ChangeMessageVisibilityBatch", { QueueUrl: toFauxqsUrl(queueName), Entries });
  }

  const toUrl = (url: string) => queueUrl(endpointUrl, toQueueName(url));

  function fromFauxqs(output: SqsBody, wantedAttributes: string[]): SqsBody {
    const { QueueUrl, QueueUrls, Messages } = output;
    return {
      ...output,
      ...(QueueUrl && { QueueUrl: toUrl(QueueUrl) }),
      ...(QueueUrls && { QueueUrls: QueueUrls.map(toUrl) }),
      ...(Messages && {
        Messages: Messages.map((message) => {
          const shown = withWantedAttributes(asItWas(restored, message), wantedAttributes);
          const { MessageId = "", ReceiptHandle = "" } = shown;
          return { ...shown, ReceiptHandle: joinReceiptHandle(MessageId, ReceiptHandle) };
        }),
      }),
    };
  }

  return {
    async service(request) {
      try {
        const output = await perform(readOperation(request), () => request.isAbandoned());
        return { status: 200, headers: { "content-type": JSON_TYPE }, body: JSON.stringify(output) };
      } catch (error) {
        if (error instanceof SqsError) return sqsErrorReply(error);
        return errorReply(error, JSON_TYPE, "com.amazonaws.sqs#");
      }
    },
    close: () => memory.close(),
  };
}

const JSON_TYPE = "application/x-amz-json-1.0";

function readOperation({ operation, body }: AwsRequest): QueueOperation {
  try {
    const input = sqsBodySchema.parse(JSON.parse(body || "{}")) as SqsBody;
    return { operation, input, queueName: input.QueueName ?? toQueueName(input.QueueUrl ?? "") };
  } catch {
    throw new ServiceError("SerializationException", "The request's body is not of the operation's form.");
  }
}

function toFauxqs(operation: string, input: SqsBody): SqsBody {
  const { QueueUrl, ReceiptHandle, Entries } = input;
  return {
    ...input,
    ...(QueueUrl && { QueueUrl: toFauxqsUrl(toQueueName(QueueUrl)) }),
    ...(ReceiptHandle && { ReceiptHandle: splitReceiptHandle(ReceiptHandle).handle }),
    ...(Entries && { Entries: Entries.map((entry) => ({ ...entry, ...toFauxqs(operation, entry) })) }),
    // Which of the attributes the receiver gets is decided here, with their digest.
    ...(operation === "ReceiveMessage" && { MessageAttributeNames: ["All"] }),
    ...(operation === "ListQueues" && { MaxResults: undefined }),
  };
}
