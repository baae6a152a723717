/** The parts of SQS requests and answers that this endpoint reads or rewrites; the rest passes through. */
import * as z from "zod";

export interface SqsBody {
  [other: string]: unknown;
  QueueName?: string;
  QueueUrl?: string;
  QueueUrls?: string[];
  NextToken?: string;
  MessageBody?: string;
  MessageGroupId?: string;
  DelaySeconds?: number;
  ReceiptHandle?: string;
  MessageId?: string;
  Messages?: SqsBody[];
  /** Of a batch's request. */
  Entries?: (SqsBody & { Id: string })[];
  /** Of a batch's answer. */
  Successful?: (SqsBody & { Id: string })[];
  Failed?: (SqsBody & { Id: string })[];
}

const attributeSchema = z.looseObject({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});

const fields = {
  QueueName: z.string().optional(),
  QueueUrl: z.string().optional(),
  ReceiptHandle: z.string().optional(),
  MessageBody: z.string().optional(),
  MessageGroupId: z.string().optional(),
  DelaySeconds: z.number().optional(),
  VisibilityTimeout: z.number().optional(),
  MessageAttributes: z.record(z.string(), attributeSchema).optional(),
};

const names = z.array(z.string()).optional();

/** Of requests, what of them is read here. */
export const sqsBodySchema = z.looseObject({
  ...fields,
  MaxNumberOfMessages: z.number().optional(),
  MaxResults: z.number().optional(),
  NextToken: z.string().optional(),
  WaitTimeSeconds: z.number().optional(),
  Attributes: z.record(z.string(), z.string()).optional(),
  AttributeNames: names,
  MessageSystemAttributeNames: names,
  MessageAttributeNames: names,
  Entries: z.array(z.looseObject({ ...fields, Id: z.string() })).optional(),
});

export interface QueueOperation {
  /** E.g. `SendMessage`. */
  operation: string;
  queueName: string;
  input: SqsBody;
}
