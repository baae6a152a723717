/** A message as a Lambda function gets it. */
import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { SQSMessageAttributes, SQSRecord } from "aws-lambda";
import { ACCOUNT, queueArn, REGION } from "#infra/local/names.ts";
import { toQueueName } from "./queue-names.ts";

export function toSqsRecord(message: Message, queueUrl: string): SQSRecord {
  const {
    MessageId = "",
    ReceiptHandle = "",
    Body = "",
    MD5OfBody = "",
    Attributes,
    MessageAttributes,
  } = message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "",
      SenderId: ACCOUNT,
      ApproximateFirstReceiveTimestamp: "",
      ...Attributes,
    },
    messageAttributes: toLambdaAttributes(MessageAttributes),
    md5OfBody: MD5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: queueArn(toQueueName(queueUrl)),
    awsRegion: REGION,
  };
}

function toLambdaAttributes(attributes: Record<string, MessageAttributeValue> = {}): SQSMessageAttributes {
  const entries = Object.entries(attributes).map(
    ([name, { DataType = "String", StringValue, BinaryValue }]) => [
      name,
      {
        dataType: DataType,
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString("base64") }),
        stringListValues: [],
        binaryListValues: [],
      },
    ],
  );
  return Object.fromEntries(entries) as SQSMessageAttributes;
}
