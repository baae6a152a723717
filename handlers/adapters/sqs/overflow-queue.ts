/** The SQS queue where payment events wait while Step Functions cannot take them. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { OverflowQueue } from "#workflow/ports/queues.ts";
import { createAwsClient } from "../aws-client.ts";
import { PATIENCE } from "../patience.ts";

export function createOverflowQueue(
  queueUrl: string,
  client = createAwsClient(SQSClient, PATIENCE.webhook),
): OverflowQueue {
  return {
    async enqueue(event) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(event) }));
    },
  };
}
