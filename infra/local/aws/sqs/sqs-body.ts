/** The parts of SQS requests and answers that this endpoint reads or rewrites; the rest passes through. */
import * as z from "zod";

export interface SqsBody {
  [other: string]: unknown;
  QueueName?: string;
  QueueUrl?: string;
  QueueUrls?: string[];
  ReceiptHandle?: string;
  MessageId?: string;
  Messages?: SqsBody[];
  /** Of a batch's request. */
  Entries?: (SqsBody & { Id: string })[];
  /** Of a batch's answer. */
  Successful?: (SqsBody & { Id: string })[];
}

const fields = {
  QueueName: z.string().optional(),
  QueueUrl: z.string().optional(),
  ReceiptHandle: z.string().optional(),
};

/** Of requests, what of them is read here. */
export const sqsBodySchema = z.looseObject({
  ...fields,
  Entries: z.array(z.looseObject({ ...fields, Id: z.string() })).optional(),
});

export interface QueueOperation {
  /** E.g. `SendMessage`. */
  operation: string;
  queueName: string;
  input: SqsBody;
}
