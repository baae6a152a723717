import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { DEAD_LETTER_QUEUE_NAME, OVERFLOW_QUEUE_NAME, queueUrl } from "#infra/local/names.ts";
import { startTestEndpoint } from "./endpoint-fixture.ts";
import { receiveBodies, receiveMessages } from "./messages.ts";

const send = (url: string, queueName: string, MessageBody: string) =>
  new SendMessageCommand({ QueueUrl: queueUrl(url, queueName), MessageBody });

test("queue URLs are those of the one endpoint", async () => {
  const { sqs, url } = await startTestEndpoint();
  const { QueueUrls } = await sqs.send(new ListQueuesCommand({}));
  expect(QueueUrls).toEqual([queueUrl(url, OVERFLOW_QUEUE_NAME), queueUrl(url, DEAD_LETTER_QUEUE_NAME)]);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: DEAD_LETTER_QUEUE_NAME }));
  expect(QueueUrl).toBe(queueUrl(url, DEAD_LETTER_QUEUE_NAME));
  const created = await sqs.send(new CreateQueueCommand({ QueueName: "another" }));
  expect(created.QueueUrl).toBe(queueUrl(url, "another"));
});

test("a queue is found by its URL whatever host it names", async () => {
  const endpoint = await startTestEndpoint();
  const otherHost = endpoint.url.replace("localhost", "127.0.0.1");
  await endpoint.sqs.send(send(otherHost, DEAD_LETTER_QUEUE_NAME, "by address"));
  expect(await receiveBodies(endpoint, DEAD_LETTER_QUEUE_NAME)).toEqual(["by address"]);
});

test("an unknown queue is refused with the SDK's own error", async () => {
  const { sqs, url } = await startTestEndpoint();
  await expect(sqs.send(send(url, "nobodys", "hello"))).rejects.toMatchObject({ name: "QueueDoesNotExist" });
});

test("messages survive a restart until they are deleted", async () => {
  const first = await startTestEndpoint();
  const sent = await first.sqs.send(send(first.url, DEAD_LETTER_QUEUE_NAME, "kept"));
  await first.sqs.send(send(first.url, DEAD_LETTER_QUEUE_NAME, "deleted"));
  await first.sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl(first.url, DEAD_LETTER_QUEUE_NAME),
      Entries: ["a", "b"].map((Id) => ({ Id, MessageBody: `batch ${Id}` })),
    }),
  );
  const received = await receiveMessages(first, DEAD_LETTER_QUEUE_NAME);
  expect(new Set(received.map(({ Body }) => Body))).toEqual(
    new Set(["kept", "deleted", "batch a", "batch b"]),
  );
  const handleOf = (body: string) => received.find(({ Body }) => Body === body)?.ReceiptHandle;
  const QueueUrl = queueUrl(first.url, DEAD_LETTER_QUEUE_NAME);
  await first.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handleOf("deleted") }));
  await first.sqs.send(
    new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: "b", ReceiptHandle: handleOf("batch b") }] }),
  );
  await first.close();

  const second = await startTestEndpoint({ dataDir: first.dataDir });
  const restored = await receiveMessages(second, DEAD_LETTER_QUEUE_NAME);
  expect(restored.map(({ Body }) => Body)).toEqual(["kept", "batch a"]);
  expect(restored[0]?.MessageId).toBe(sent.MessageId);
  const Entries = restored.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await second.sqs.send(
    new DeleteMessageBatchCommand({ QueueUrl: queueUrl(second.url, DEAD_LETTER_QUEUE_NAME), Entries }),
  );
  await second.close();

  const third = await startTestEndpoint({ dataDir: first.dataDir });
  expect(await receiveBodies(third, DEAD_LETTER_QUEUE_NAME)).toEqual([]);
});

test("a purged queue stays empty after a restart, and the others do not", async () => {
  const first = await startTestEndpoint();
  await first.sqs.send(send(first.url, OVERFLOW_QUEUE_NAME, "kept"));
  await first.sqs.send(send(first.url, DEAD_LETTER_QUEUE_NAME, "purged"));
  await first.sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl(first.url, DEAD_LETTER_QUEUE_NAME) }));
  await first.close();
  const second = await startTestEndpoint({ dataDir: first.dataDir });
  expect(await receiveBodies(second, DEAD_LETTER_QUEUE_NAME)).toEqual([]);
  expect(await receiveBodies(second, OVERFLOW_QUEUE_NAME)).toEqual(["kept"]);
});

test("a message that was moved by a redrive policy is not forgotten", async () => {
  const first = await startTestEndpoint();
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${DEAD_LETTER_QUEUE_NAME}`,
    maxReceiveCount: 1,
  });
  const QueueUrl = queueUrl(first.url, OVERFLOW_QUEUE_NAME);
  await first.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }));
  await first.sqs.send(send(first.url, OVERFLOW_QUEUE_NAME, "moved"));
  await receiveMessages(first, OVERFLOW_QUEUE_NAME, { VisibilityTimeout: 0 });
  await receiveMessages(first, OVERFLOW_QUEUE_NAME, { VisibilityTimeout: 0 });
  expect(await receiveBodies(first, DEAD_LETTER_QUEUE_NAME)).toEqual(["moved"]);
  await first.close();
  const second = await startTestEndpoint({ dataDir: first.dataDir });
  expect(await receiveBodies(second, DEAD_LETTER_QUEUE_NAME)).toEqual(["moved"]);
  expect(await receiveBodies(second, OVERFLOW_QUEUE_NAME)).toEqual([]);
});

test("a queue that a client has created is there after a restart, until it is deleted", async () => {
  const first = await startTestEndpoint();
  await first.sqs.send(
    new CreateQueueCommand({ QueueName: "another", Attributes: { VisibilityTimeout: "7" } }),
  );
  await first.sqs.send(send(first.url, "another", "kept"));
  await first.close();
  const second = await startTestEndpoint({ dataDir: first.dataDir });
  const QueueUrl = queueUrl(second.url, "another");
  const { Attributes } = await second.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["VisibilityTimeout"] }),
  );
  expect(Attributes).toEqual({ VisibilityTimeout: "7" });
  expect(await receiveBodies(second, "another")).toEqual(["kept"]);
  await second.sqs.send(new DeleteQueueCommand({ QueueUrl }));
  await second.close();
  const third = await startTestEndpoint({ dataDir: first.dataDir });
  await expect(receiveBodies(third, "another")).rejects.toMatchObject({ name: "QueueDoesNotExist" });
});

test("a message that reaches a poll whose client has gone is given to the next one", async () => {
  const endpoint = await startTestEndpoint();
  const gone = new AbortController();
  const polling = endpoint.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl(endpoint.url, DEAD_LETTER_QUEUE_NAME),
      WaitTimeSeconds: 20,
    }),
    { abortSignal: gone.signal },
  );
  polling.catch(() => undefined);
  // Only a poll that has arrived can be abandoned there.
  await endpoint.sqs.send(new ListQueuesCommand({}));
  gone.abort();
  await expect(polling).rejects.toMatchObject({ name: "AbortError" });
  await endpoint.sqs.send(send(endpoint.url, DEAD_LETTER_QUEUE_NAME, "not lost"));
  await expect.poll(() => receiveBodies(endpoint, DEAD_LETTER_QUEUE_NAME)).toEqual(["not lost"]);
});
