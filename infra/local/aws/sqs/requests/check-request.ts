/** What SQS would refuse before it looks into the queue: fauxqs takes most of it. */
import { unknownOperation } from "../../unknown-operation.ts";
import type { QueueOperation, SqsBody } from "../sqs-body.ts";
import { invalidValue, SqsError } from "../sqs-error.ts";
import { checkBatch } from "./batch.ts";
import { checkMessage, isWholeNumber } from "./message.ts";
import { checkAttributes, checkNamesToRead, checkQueueName } from "./queue-attributes.ts";
import { checkSystemAttributeNames } from "./system-attributes.ts";

interface Queues {
  has(queueName: string): boolean;
}

const OPERATIONS = new Set(
  (
    "ChangeMessageVisibility ChangeMessageVisibilityBatch CreateQueue DeleteMessage DeleteMessageBatch DeleteQueue " +
    "GetQueueAttributes GetQueueUrl ListQueueTags ListQueues PurgeQueue ReceiveMessage SendMessage SendMessageBatch " +
    "SetQueueAttributes TagQueue UntagQueue"
  ).split(" "),
);
const BY_NAME = ["CreateQueue", "GetQueueUrl"];
const MOST_HIDDEN_SECONDS = 43_200;
const RECEIPT_HANDLE = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * @returns the input as it is handed on
 * @throws SqsError, or ServiceError for what is no operation here
 */
export function checkRequest({ operation, queueName, input }: QueueOperation, queues: Queues): SqsBody {
  if (!OPERATIONS.has(operation)) throw unknownOperation(operation, OPERATIONS);
  if (BY_NAME.includes(operation)) required(input, "QueueName");
  else if (operation !== "ListQueues") required(input, "QueueUrl");
  const checked = CHECKS.get(operation)?.(input, queues) ?? input;
  if (!BY_NAME.includes(operation) && operation !== "ListQueues" && !queues.has(queueName))
    throw new SqsError("QueueDoesNotExist", "The specified queue does not exist.");
  return checked;
}

type Check = (input: SqsBody, queues: Queues) => SqsBody | undefined | void;

const CHECKS = new Map<string, Check>(
  Object.entries<Check>({
    CreateQueue(input, queues) {
      checkQueueName(input.QueueName ?? "");
      return withCheckedAttributes(input, queues);
    },
    SetQueueAttributes(input, queues) {
      required(input, "Attributes");
      return withCheckedAttributes(input, queues);
    },
    GetQueueAttributes: ({ AttributeNames = [] }) => checkNamesToRead(AttributeNames as string[]),
    ListQueues: ({ MaxResults }) => checkNumber("MaxResults", MaxResults, 1, 1_000),
    SendMessage(input) {
      required(input, "MessageBody");
      checkMessage(input);
    },
    SendMessageBatch: (input) => checkEntries("SendMessageBatch", input),
    DeleteMessage: (input) => checkReceiptHandle(input),
    DeleteMessageBatch: (input) => checkEntries("DeleteMessageBatch", input),
    ChangeMessageVisibility(input) {
      checkReceiptHandle(input);
      required(input, "VisibilityTimeout");
      checkHiding(input);
    },
    ChangeMessageVisibilityBatch: (input) => checkEntries("ChangeMessageVisibilityBatch", input),
    ReceiveMessage(input) {
      checkNumber("MaxNumberOfMessages", input["MaxNumberOfMessages"], 1, 10);
      checkNumber("WaitTimeSeconds", input["WaitTimeSeconds"], 0, 20, "Must be >= 0 and <= 20, if provided.");
      checkHiding(input);
      checkSystemAttributeNames(input);
    },
  }),
);

/** What one entry of a batch is refused for, while the others are done. */
export const ENTRY_CHECKS = new Map(
  Object.entries<(entry: SqsBody) => void>({
    SendMessageBatch(entry) {
      required(entry, "MessageBody");
      checkMessage(entry);
    },
    DeleteMessageBatch: checkReceiptHandle,
    ChangeMessageVisibilityBatch(entry) {
      checkReceiptHandle(entry);
      checkHiding(entry);
    },
  }),
);

function withCheckedAttributes(input: SqsBody, queues: Queues): SqsBody {
  const attributes = (input["Attributes"] ?? {}) as Record<string, string>;
  const hasQueue = (arn: string) => queues.has(arn.split(":").at(-1) ?? "");
  return { ...input, Attributes: checkAttributes(attributes, hasQueue) };
}

function checkEntries(operation: string, { Entries = [] }: SqsBody): void {
  checkBatch(operation, Entries);
}

function checkHiding({ VisibilityTimeout }: SqsBody): void {
  const reason = `Must be >= 0 and <= ${MOST_HIDDEN_SECONDS}, if provided.`;
  checkNumber("VisibilityTimeout", VisibilityTimeout, 0, MOST_HIDDEN_SECONDS, reason);
}

function checkReceiptHandle(input: SqsBody): void {
  required(input, "ReceiptHandle");
  const { ReceiptHandle: handle = "" } = input;
  if (!RECEIPT_HANDLE.test(handle))
    throw new SqsError(
      "ReceiptHandleIsInvalid",
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
}

function checkNumber(
  name: string,
  value: unknown,
  least: number,
  most: number,
  reason = `Must be between ${least} and ${most}, if provided.`,
): void {
  if (value === undefined || value === null || isWholeNumber(value, least, most)) return;
  throw invalidValue(`Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: ${reason}`);
}

function required(input: SqsBody, name: string): void {
  const value = input[name];
  if (value === undefined || value === null || value === "")
    throw new SqsError(
      "MissingRequiredParameterException",
      `The request must contain the parameter ${name}.`,
    );
}
