/** What brings the overflow queue's messages to their function. */
import { OVERFLOW_CONSUMER } from "#infra/deployment/queues.ts";
import { type QueueConsumer, startQueueConsumer } from "../aws/queue-consumer.ts";
import type { DeployedFunctions } from "../deployed-functions.ts";
import { OVERFLOW_QUEUE_NAME, queueUrl } from "../names.ts";
import type { StackUrls } from "../stack-options.ts";
import type { Part } from "./part.ts";

export const overflowQueueConsumer = (
  { awsUrl }: StackUrls,
  { overflowQueue }: DeployedFunctions,
): Part<QueueConsumer> => ({
  start: async () =>
    startQueueConsumer({
      endpointUrl: awsUrl,
      queueUrl: queueUrl(awsUrl, OVERFLOW_QUEUE_NAME),
      batchSize: OVERFLOW_CONSUMER.batchSize,
      handler: overflowQueue,
    }),
});
