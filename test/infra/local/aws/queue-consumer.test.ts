import { GetQueueAttributesCommand, SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { expect, onTestFinished, test, vi } from "vitest";
import { type QueueConsumerOptions, startQueueConsumer } from "#infra/local/aws/queue-consumer.ts";
import { OVERFLOW_QUEUE_NAME, queueUrl, REGION } from "#infra/local/names.ts";
import { startTestEndpoint, type TestEndpoint } from "./endpoint-fixture.ts";

function consume({ url, accessKey }: TestEndpoint, handler: QueueConsumerOptions["handler"]) {
  const consumer = startQueueConsumer({
    aws: { region: REGION, endpointUrl: url, accessKey },
    queueUrl: queueUrl(url, OVERFLOW_QUEUE_NAME),
    batchSize: 10,
    handler,
  });
  onTestFinished(() => consumer.close());
  return consumer;
}

const sendAll = ({ sqs, url }: TestEndpoint, bodies: string[]) =>
  sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl(url, OVERFLOW_QUEUE_NAME),
      Entries: bodies.map((MessageBody, index) => ({
        Id: String(index),
        MessageBody,
        MessageAttributes: { source: { DataType: "String", StringValue: "webhook" } },
      })),
    }),
  );

async function countMessages({ sqs, url }: TestEndpoint): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl(url, OVERFLOW_QUEUE_NAME), AttributeNames: ["All"] }),
  );
  return (
    Number(Attributes["ApproximateNumberOfMessages"]) +
    Number(Attributes["ApproximateNumberOfMessagesNotVisible"])
  );
}

test("a handler gets Lambda's event and what it has done is deleted", async () => {
  const endpoint = await startTestEndpoint();
  const handler = vi.fn<QueueConsumerOptions["handler"]>(async () => undefined);
  consume(endpoint, handler);
  await sendAll(endpoint, ["hello"]);
  await vi.waitFor(() => expect(handler).toHaveBeenCalled());
  const [event, context] = handler.mock.calls[0] ?? [];
  expect(event?.Records[0]).toMatchObject({
    body: "hello",
    attributes: { ApproximateReceiveCount: "1", SentTimestamp: expect.stringMatching(/^\d{13}$/) },
    messageAttributes: { source: { dataType: "String", stringValue: "webhook" } },
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${OVERFLOW_QUEUE_NAME}`,
    awsRegion: "us-east-1",
  });
  expect(context?.awsRequestId).toBeTruthy();
  await expect.poll(() => countMessages(endpoint)).toBe(0);
});

test("only a message that is reported as failed reappears", async () => {
  const endpoint = await startTestEndpoint();
  const seen: string[] = [];
  consume(endpoint, async ({ Records }: SQSEvent) => {
    const failures = Records.filter(({ body }) => body === "bad" && !seen.includes("bad"));
    seen.push(...Records.map(({ body }) => body));
    return { batchItemFailures: failures.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
  await sendAll(endpoint, ["good", "bad", "fine"]);
  await vi.waitFor(() => expect(seen.sort()).toEqual(["bad", "bad", "fine", "good"]), { timeout: 10_000 });
  await expect.poll(() => countMessages(endpoint)).toBe(0);
});

test("an error of the handler brings the whole batch back", async () => {
  const endpoint = await startTestEndpoint();
  const batches: string[][] = [];
  consume(endpoint, async ({ Records }: SQSEvent) => {
    batches.push(Records.map(({ body }) => body));
    if (batches.length === 1) throw new Error("the whole batch");
  });
  await sendAll(endpoint, ["one", "two"]);
  await vi.waitFor(() => expect(batches.slice(1).flat().sort()).toEqual(["one", "two"]), { timeout: 10_000 });
});

test("a consumer outlives a failing poll, and closing it ends the poll that waits", async () => {
  const endpoint = await startTestEndpoint();
  const handler = vi.fn<QueueConsumerOptions["handler"]>(async () => undefined);
  const url = endpoint.url.replace(/\d+$/, "1");
  const unreachable = consume({ ...endpoint, url }, handler);
  const waiting = consume(endpoint, handler);
  await Promise.all([unreachable.close(), waiting.close()]);
  await sendAll(endpoint, ["for the next consumer"]);
  expect(await countMessages(endpoint)).toBe(1);
  expect(handler).not.toHaveBeenCalled();
});
