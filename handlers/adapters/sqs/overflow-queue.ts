/** The SQS queue where payment events wait while Step Functions cannot take them. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { OverflowQueue } from "#workflow/ports/queues.ts";

export function createOverflowQueue(
  queueUrl: string,
  client = new SQSClient({ maxAttempts: 3 }),
): OverflowQueue {
  return {
    async enqueue(event) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(event) }));
    },
  };
}
