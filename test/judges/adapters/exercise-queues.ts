/** Every method of the queues' adapters. */
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { AwsPlace } from "#handlers/adapters/aws-client.ts";
import { createDeadLetterQueue } from "#handlers/adapters/sqs/dead-letter-queue.ts";
import { createOverflowQueue } from "#handlers/adapters/sqs/overflow-queue.ts";
import { countMessages, createQueueClient, findQueueUrl } from "#handlers/adapters/sqs/queues.ts";
import { DEAD_LETTER_QUEUE_NAME } from "#infra/local/names.ts";
import { settlement } from "./records.ts";
import type { createWatch } from "./watch.ts";

/** More than SQS hands out at once. */
const LETTERS = 12;
const HIDDEN_SECONDS = 600;

export async function exerciseQueues(
  aws: AwsPlace,
  { watch }: ReturnType<typeof createWatch>,
): Promise<void> {
  const client = new SQSClient(aws);
  await client.send(new CreateQueueCommand({ QueueName: DEAD_LETTER_QUEUE_NAME }));
  const url = await findQueueUrl(DEAD_LETTER_QUEUE_NAME, aws);
  const queues = watch("queues", {
    isFound: async (name: string) => (await findQueueUrl(name, aws)).endsWith(`/${name}`),
    countMessages: () => countMessages(url, createQueueClient(aws)),
  });
  for (const name of [DEAD_LETTER_QUEUE_NAME, "none"]) await queues.isFound(name);

  const overflow = watch("overflow", createOverflowQueue(url, createQueueClient(aws)));
  for (let letter = 0; letter < LETTERS; letter += 1) await overflow.enqueue(settlement(`cs_${letter}`));
  await queues.countMessages();

  const letters = createDeadLetterQueue(url, aws);
  const watched = watch("letters", letters);
  await watched.peekDeadLetters();
  await queues.countMessages();
  const received = await letters.receiveDeadLetters(HIDDEN_SECONDS);
  await queues.countMessages();
  await watched.receiveDeadLetters(HIDDEN_SECONDS);
  await watched.releaseDeadLetters(received.slice(0, 3));
  await watched.receiveDeadLetters(HIDDEN_SECONDS);
  await watched.deleteDeadLetters(received.slice(3));
  await watched.deleteDeadLetters(received.slice(3));
  await watched.countDeadLetters();
  await queues.countMessages();
}
