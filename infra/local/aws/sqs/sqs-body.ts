/** The parts of SQS requests and answers that this endpoint reads or rewrites; the rest passes through. */

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

export interface QueueOperation {
  /** E.g. `SendMessage`. */
  operation: string;
  queueName: string;
  input: SqsBody;
}
