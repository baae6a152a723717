import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { DEAD_LETTER_QUEUE_NAME, queueUrl } from "#infra/local/names.ts";
import { startTestEndpoint } from "./endpoint-fixture.ts";
import { receiveBodies, receiveMessages } from "./messages.ts";

const NOBODYS_HANDLE = "AQEBnonsense";

async function useQueue() {
  const endpoint = await startTestEndpoint();
  const QueueUrl = queueUrl(endpoint.url, DEAD_LETTER_QUEUE_NAME);
  return { ...endpoint, QueueUrl };
}

test("what SQS refuses is refused by the name that SQS gives it", async () => {
  const { sqs, QueueUrl } = await useQueue();
  const MessageBody = "text";
  const send = (input: object) => new SendMessageCommand({ QueueUrl, MessageBody, ...input });
  const receive = (input: object) => new ReceiveMessageCommand({ QueueUrl, ...input });
  const set = (Attributes: Record<string, string>) => new SetQueueAttributesCommand({ QueueUrl, Attributes });
  const entry = { Id: "one", ReceiptHandle: NOBODYS_HANDLE };
  const policy = (target: string, most: unknown) =>
    JSON.stringify({ deadLetterTargetArn: target, maxReceiveCount: most });
  const requests: [string, object][] = [
    ["InvalidParameterValue", new CreateQueueCommand({ QueueName: "no spaces" })],
    ["InvalidParameterValue", new CreateQueueCommand({ QueueName: "x".repeat(81) })],
    ["AWS.SimpleQueueService.UnsupportedOperation", new CreateQueueCommand({ QueueName: "ordered.fifo" })],
    ["InvalidAttributeName", set({ Nonsense: "1" })],
    ["InvalidAttributeName", set({ toString: "1" } as object as Record<string, string>)],
    ["InvalidAttributeValue", set({ VisibilityTimeout: "43201" })],
    ["InvalidAttributeValue", set({ DelaySeconds: "soon" })],
    ["AWS.SimpleQueueService.UnsupportedOperation", set({ KmsMasterKeyId: "a-key" })],
    ["InvalidParameterValue", set({ RedrivePolicy: "{" })],
    ["InvalidParameterValue", set({ RedrivePolicy: policy("arn:aws:sqs:us-east-1:000000000000:none", 3) })],
    ["InvalidParameterValue", set({ RedrivePolicy: policy(QueueUrl, 0) })],
    [
      "InvalidAttributeName",
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Nonsense" as never] }),
    ],
    ["MissingParameter", send({ MessageBody: "" })],
    ["InvalidMessageContents", send({ MessageBody: "\u0000" })],
    ["InvalidParameterValue", send({ DelaySeconds: 901 })],
    ["InvalidParameterValue", send({ MessageAttributes: { a: { DataType: "Nonsense", StringValue: "x" } } })],
    [
      "InvalidParameterValue",
      send({ MessageAttributes: { "aws.a": { DataType: "String", StringValue: "x" } } }),
    ],
    ["InvalidParameterValue", receive({ MaxNumberOfMessages: 0 })],
    ["InvalidParameterValue", receive({ VisibilityTimeout: 43_201 })],
    ["InvalidAttributeName", receive({ MessageSystemAttributeNames: ["Nonsense"] })],
    ["ReceiptHandleIsInvalid", new DeleteMessageCommand({ QueueUrl, ReceiptHandle: NOBODYS_HANDLE })],
    [
      "ReceiptHandleIsInvalid",
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: NOBODYS_HANDLE, VisibilityTimeout: 1 }),
    ],
    ["AWS.SimpleQueueService.EmptyBatchRequest", new DeleteMessageBatchCommand({ QueueUrl, Entries: [] })],
    [
      "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
      new DeleteMessageBatchCommand({ QueueUrl, Entries: [entry, entry] }),
    ],
    ["InvalidParameterValue", new ListQueuesCommand({ MaxResults: 0 })],
  ];
  const codes = [];
  for (const [, command] of requests)
    codes.push(await sqs.send(command as never).then(() => "taken", codeOf));
  expect(codes).toEqual(requests.map(([code]) => code));
});

const codeOf = (error: { Code?: string; Error?: { Code?: string }; name: string }) =>
  error.Error?.Code ?? error.Code ?? error.name;

test("of a batch, what is refused is named and the rest is done", async () => {
  const { sqs, url, QueueUrl } = await useQueue();
  const bodies = { sent: "text", delayed: "\u0000" };
  const Entries = Object.entries(bodies).map(([Id, MessageBody]) => ({ Id, MessageBody }));
  const { Successful, Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(Successful).toMatchObject([{ Id: "sent" }]);
  expect(Failed).toMatchObject([{ Id: "delayed", Code: "InvalidMessageContents", SenderFault: true }]);
  const [message] = await receiveMessages({ sqs, url }, DEAD_LETTER_QUEUE_NAME);
  const { ReceiptHandle } = message ?? {};
  const changed = await sqs.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl,
      Entries: [
        { Id: "back", ReceiptHandle, VisibilityTimeout: 0 },
        { Id: "nobodys", ReceiptHandle: NOBODYS_HANDLE, VisibilityTimeout: 0 },
      ],
    }),
  );
  expect(changed).toMatchObject({
    Successful: [{ Id: "back" }],
    Failed: [{ Id: "nobodys", Code: "ReceiptHandleIsInvalid" }],
  });
  expect(await receiveBodies({ sqs, url }, DEAD_LETTER_QUEUE_NAME)).toEqual(["text"]);
});

test("a message is deleted by a receipt whose time has run out, and does not come back", async () => {
  const { sqs, url, QueueUrl } = await useQueue();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "late" }));
  const [late] = await receiveMessages({ sqs, url }, DEAD_LETTER_QUEUE_NAME, { VisibilityTimeout: 0 });
  await receiveMessages({ sqs, url }, DEAD_LETTER_QUEUE_NAME, { VisibilityTimeout: 0 });
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: late?.ReceiptHandle }));
  expect(await receiveBodies({ sqs, url }, DEAD_LETTER_QUEUE_NAME)).toEqual([]);
  const AttributeNames = ["ApproximateNumberOfMessages" as const];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: "0" });
});

test("a queue is encrypted by SQS itself, tells what it is asked and is purged once in a minute", async () => {
  const { sqs, QueueUrl } = await useQueue();
  const ask = (AttributeNames: string[]) =>
    sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: AttributeNames as never }));
  expect((await ask(["SqsManagedSseEnabled"])).Attributes).toEqual({ SqsManagedSseEnabled: "true" });
  expect((await ask(["All"])).Attributes).toMatchObject({ SqsManagedSseEnabled: "true" });
  expect((await ask([])).Attributes).toBeUndefined();
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  const again = sqs.send(new PurgeQueueCommand({ QueueUrl }));
  await expect(again).rejects.toMatchObject({ name: "PurgeQueueInProgress" });
});
