/** What SQS takes as a message. */

import type { SqsBody } from "../sqs-body.ts";
import { invalidValue, notHere, SqsError } from "../sqs-error.ts";

export interface MessageAttribute {
  DataType?: string;
  StringValue?: string;
  /** Base64. */
  BinaryValue?: string;
}

// AWS takes these and no others, in bodies and in attributes alike.
// oxlint-disable-next-line no-control-regex
const FOREIGN_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const ATTRIBUTE_NAME = /^(?!aws\.|amazon\.|\.)(?!.*\.\.)[\p{L}\p{N}_.-]{1,256}(?<!\.)$/iu;
const DATA_TYPE = /^(?:String|Number|Binary)(?:\..*)?$/;
const MOST_ATTRIBUTES = 10;
const GROUP_ID = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;
const MOST_DELAY_SECONDS = 900;

/** @throws SqsError; all but the body, whose absence means another error in a batch */
export function checkMessage(message: SqsBody): void {
  const {
    MessageBody = "",
    DelaySeconds,
    MessageAttributes = {},
    MessageGroupId,
    MessageSystemAttributes,
  } = message;
  if (FOREIGN_CHARACTER.test(MessageBody))
    throw new SqsError(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF, #xE000 to #xFFFD and #x10000 to #x10FFFF.",
    );
  checkDelay(DelaySeconds);
  checkAttributes(MessageAttributes as Record<string, MessageAttribute>);
  if (MessageGroupId !== undefined) checkGroupId(MessageGroupId);
  if (MessageSystemAttributes) throw notHere("A message's trace header");
}

function checkDelay(seconds: number | undefined): void {
  if (seconds === undefined) return;
  if (!isWholeNumber(seconds, 0, MOST_DELAY_SECONDS))
    throw invalidValue(
      `Value ${seconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
}

function checkGroupId(id: string): never {
  if (!GROUP_ID.test(id))
    throw invalidValue(
      `Value ${id} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
  throw notHere("A message group");
}

function checkAttributes(attributes: Record<string, MessageAttribute>): void {
  if (Object.keys(attributes).length > MOST_ATTRIBUTES)
    throw invalidValue(
      `Number of message attributes [${Object.keys(attributes).length}] exceeds the allowed maximum [10].`,
    );
  for (const [name, attribute] of Object.entries(attributes)) checkAttribute(name, attribute);
}

function checkAttribute(name: string, { DataType = "", StringValue, BinaryValue }: MessageAttribute): void {
  const refuse = (reason: string) => invalidValue(`Message (user) attribute '${name}' ${reason}`);
  if (!ATTRIBUTE_NAME.test(name)) throw invalidValue(`The message attribute name '${name}' is invalid.`);
  if (!DATA_TYPE.test(DataType) || DataType.length > 256)
    throw refuse(
      `has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const value = DataType.startsWith("Binary") ? BinaryValue : StringValue;
  if (!value) throw refuse(`must contain a non-empty value of type '${DataType.split(".", 1).join()}'.`);
  if (StringValue !== undefined && FOREIGN_CHARACTER.test(StringValue))
    throw refuse("has an invalid character in its value.");
  if (DataType.startsWith("Number") && !/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value))
    throw refuse(`has an invalid value: ${value} is no number.`);
}

export function isWholeNumber(value: unknown, least: number, most: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}
