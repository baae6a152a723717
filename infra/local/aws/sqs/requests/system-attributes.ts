/** The names by which a receiver asks for what SQS itself knows of a message. */
import type { SqsBody } from "../sqs-body.ts";
import { SqsError } from "../sqs-error.ts";
import { checkNamesToRead } from "./queue-attributes.ts";

const OF_MESSAGES = [
  "AWSTraceHeader",
  "ApproximateFirstReceiveTimestamp",
  "ApproximateReceiveCount",
  "DeadLetterQueueSourceArn",
  "MessageDeduplicationId",
  "MessageGroupId",
  "SenderId",
  "SentTimestamp",
  "SequenceNumber",
];

/** The older parameter also takes the names of queues' attributes, and answers nothing to them. */
export function checkSystemAttributeNames(input: SqsBody): void {
  const older = (input["AttributeNames"] ?? []) as string[];
  checkNamesToRead(older.filter((name) => !OF_MESSAGES.includes(name)));
  const names = (input["MessageSystemAttributeNames"] ?? []) as string[];
  const unknown = names.find((name) => name !== "All" && !OF_MESSAGES.includes(name));
  if (unknown !== undefined) throw new SqsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
}
