/** What operators ask of any queue: where it is, and how much waits in it. */
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type AwsPlace, createAwsClient } from "../aws-client.ts";
import { PATIENCE } from "../patience.ts";

export const createQueueClient = (aws: AwsPlace = {}) => createAwsClient(SQSClient, PATIENCE.background, aws);

/** @throws Error when there is no such queue */
export async function findQueueUrl(name: string, aws?: AwsPlace): Promise<string> {
  const { QueueUrl } = await createQueueClient(aws).send(new GetQueueUrlCommand({ QueueName: name }));
  if (!QueueUrl) throw new Error(`There is no queue ${name} here.`);
  return QueueUrl;
}

/** SQS's counts are eventually right. */
interface MessageCounts {
  /** What a receiver could get now. */
  visible: number;
  /** What somebody has received and neither deleted nor given back. */
  hidden: number;
  all: number;
}

export async function countMessages(queueUrl: string, client: SQSClient): Promise<MessageCounts> {
  const { Attributes: counts } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  const visible = Number(counts?.ApproximateNumberOfMessages ?? 0);
  const hidden = Number(counts?.ApproximateNumberOfMessagesNotVisible ?? 0);
  return { visible, hidden, all: visible + hidden };
}
