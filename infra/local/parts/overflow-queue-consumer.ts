/** What brings the overflow queue's messages to their function. */
import { OVERFLOW_CONSUMER } from "#infra/deployment/queues.ts";
import { type QueueConsumer, startQueueConsumer } from "../aws/queue-consumer.ts";
import type { DeployedFunctions } from "../deployed-functions.ts";
import { OVERFLOW_QUEUE_NAME, queueUrl } from "../names.ts";
import { awsOf, type StackPlace } from "../stack-options.ts";
import type { Part } from "./part.ts";

export const overflowQueueConsumer = (
  place: StackPlace,
  { overflowQueue }: DeployedFunctions,
): Part<QueueConsumer> => ({
  start: async () =>
    startQueueConsumer({
      aws: awsOf(place),
      queueUrl: queueUrl(place.awsUrl, OVERFLOW_QUEUE_NAME),
      batchSize: OVERFLOW_CONSUMER.batchSize,
      handler: overflowQueue,
    }),
});
