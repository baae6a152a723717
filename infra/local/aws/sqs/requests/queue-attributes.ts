/** What SQS takes as a queue's name and attributes. */
import { invalidValue, notHere, SqsError } from "../sqs-error.ts";

type Attributes = Record<string, string>;

/** The least and the most. */
const RANGES = new Map<string, [number, number]>([
  ["DelaySeconds", [0, 900]],
  ["MaximumMessageSize", [1_024, 1_048_576]],
  ["MessageRetentionPeriod", [60, 1_209_600]],
  ["ReceiveMessageWaitTimeSeconds", [0, 20]],
  ["VisibilityTimeout", [0, 43_200]],
]);
/** One of them a queue has here, and always. */
const MANAGED_ENCRYPTION = "SqsManagedSseEnabled";
const OF_FIFO_QUEUES = [
  "FifoQueue",
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "FifoThroughputLimit",
];
const NOT_HERE = ["KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "Policy", "RedriveAllowPolicy"];
const READ_ONLY = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesDelayed",
  "ApproximateNumberOfMessagesNotVisible",
  "CreatedTimestamp",
  "LastModifiedTimestamp",
  "QueueArn",
];
const READABLE = [
  "All",
  ...RANGES.keys(),
  "RedrivePolicy",
  MANAGED_ENCRYPTION,
  ...OF_FIFO_QUEUES,
  ...NOT_HERE,
  ...READ_ONLY,
];

const unknownAttribute = (name: string) => new SqsError("InvalidAttributeName", `Unknown Attribute ${name}.`);

export function checkQueueName(name: string): void {
  if (/^[\w-]{0,75}\.fifo$/.test(name)) throw notHere("A FIFO queue");
  if (!/^[\w-]{1,80}$/.test(name))
    throw invalidValue(
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    );
}

export function checkNamesToRead(names: string[]): void {
  const unknown = names.find((name) => !READABLE.includes(name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
}

/**
 * @param hasQueue whether there is a queue of this ARN
 * @returns those that are kept
 */
export function checkAttributes(attributes: Attributes, hasQueue: (arn: string) => boolean): Attributes {
  for (const [name, value] of Object.entries(attributes)) checkAttribute(name, value, hasQueue);
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== MANAGED_ENCRYPTION));
}

function checkAttribute(name: string, value: string, hasQueue: (arn: string) => boolean): void {
  const range = RANGES.get(name);
  if (range) checkRange(name, value, range);
  else if (name === "RedrivePolicy") checkRedrivePolicy(value, hasQueue);
  else if (name === MANAGED_ENCRYPTION) {
    if (value !== "true") throw notHere("A queue without SQS's own encryption");
  } else if (NOT_HERE.includes(name)) throw notHere(`A queue's ${name}`);
  else if (["DeduplicationScope", "FifoThroughputLimit"].includes(name)) {
    throw new SqsError(
      "InvalidAttributeName",
      `You can specify the ${name} only when FifoQueue is set to true.`,
    );
  } else throw unknownAttribute(name);
}

function checkRange(name: string, value: string, [least, most]: [number, number]): void {
  const isWithin = /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
  if (!isWithin) throw new SqsError("InvalidAttributeValue", `Invalid value for the parameter ${name}.`);
}

/** Empty text takes it away. */
function checkRedrivePolicy(text: string, hasQueue: (arn: string) => boolean): void {
  if (text === "") return;
  const refuse = (reason: string) =>
    invalidValue(`Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
  const policy = readObject(text);
  if (!policy) throw refuse("Redrive policy is not a valid JSON map.");
  const { deadLetterTargetArn: arn, maxReceiveCount: most } = policy;
  if (arn === undefined)
    throw refuse("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
  if (most === undefined)
    throw refuse("Redrive policy does not contain mandatory attribute: maxReceiveCount.");
  if (!(Number.isInteger(Number(most)) && Number(most) >= 1 && Number(most) <= 1_000))
    throw refuse("Invalid value for maxReceiveCount. Must be between 1 and 1000.");
  if (typeof arn !== "string" || !hasQueue(arn)) throw refuse("Dead letter target does not exist.");
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
