/** Reads a queue as a test needs it. */
import {
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { queueUrl } from "#infra/local/names.ts";

interface Queues {
  sqs: SQSClient;
  url: string;
}

export async function receiveMessages(
  { sqs, url }: Queues,
  queueName: string,
  input: Partial<ReceiveMessageCommandInput> = {},
): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl(url, queueName), MaxNumberOfMessages: 10, ...input }),
  );
  return Messages;
}

export async function receiveBodies(queues: Queues, queueName: string) {
  return (await receiveMessages(queues, queueName)).map(({ Body }) => Body);
}
