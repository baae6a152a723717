import { DescribeSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  DEAD_LETTER_QUEUE_NAME,
  OVERFLOW_QUEUE_NAME,
  queueUrl,
  STATE_MACHINE_ARN,
  STRIPE_SECRET_ID,
} from "#infra/local/names.ts";
import { startTestEndpoint, type TestEndpoint } from "./endpoint-fixture.ts";
import { receiveMessages } from "./messages.ts";

const MONDAY = Date.parse("2026-11-23T10:00:00Z");
const WEDNESDAY = Date.parse("2026-11-25T10:00:00Z");

beforeEach(() => void vi.useFakeTimers({ now: MONDAY, toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

async function restartOnWednesday(first: TestEndpoint): Promise<TestEndpoint> {
  await first.close();
  vi.setSystemTime(WEDNESDAY);
  return startTestEndpoint({ dataDir: first.dataDir });
}

const receiveWithAttributes = async (endpoint: TestEndpoint, queueName: string) => {
  const [message] = await receiveMessages(endpoint, queueName, {
    MessageSystemAttributeNames: ["All"],
    VisibilityTimeout: 0,
  });
  return message?.Attributes ?? {};
};

test("a message keeps the date at which it was sent and first received, and how often it was", async () => {
  const first = await startTestEndpoint();
  const QueueUrl = queueUrl(first.url, DEAD_LETTER_QUEUE_NAME);
  await first.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "a letter" }));
  for (let count = 1; count <= 2; count += 1) await receiveWithAttributes(first, DEAD_LETTER_QUEUE_NAME);
  const second = await restartOnWednesday(first);
  expect(await receiveWithAttributes(second, DEAD_LETTER_QUEUE_NAME)).toMatchObject({
    SentTimestamp: String(MONDAY),
    ApproximateFirstReceiveTimestamp: String(MONDAY),
    ApproximateReceiveCount: "3",
  });
  const third = await restartOnWednesday(second);
  expect(await receiveWithAttributes(third, DEAD_LETTER_QUEUE_NAME)).toMatchObject({
    SentTimestamp: String(MONDAY),
    ApproximateReceiveCount: "4",
  });
});

test("a message that its queue has given up stays given up", async () => {
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${DEAD_LETTER_QUEUE_NAME}`,
    maxReceiveCount: 1,
  });
  const first = await startTestEndpoint();
  await first.sqs.send(new CreateQueueCommand({ QueueName: "work", Attributes: { RedrivePolicy } }));
  const QueueUrl = queueUrl(first.url, "work");
  await first.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "hopeless" }));
  await receiveWithAttributes(first, "work");
  await receiveWithAttributes(first, "work");
  const second = await restartOnWednesday(first);
  expect(await receiveMessages(second, "work")).toEqual([]);
  expect(await receiveMessages(second, DEAD_LETTER_QUEUE_NAME)).toMatchObject([{ Body: "hopeless" }]);
});

test("queues, secrets and the state machine are as old as they are", async () => {
  const madeAt = async ({ sqs, url }: { sqs: SQSClient; url: string }) => {
    const QueueUrl = queueUrl(url, OVERFLOW_QUEUE_NAME);
    const wanted = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["CreatedTimestamp"] });
    return Number((await sqs.send(wanted)).Attributes?.["CreatedTimestamp"]) * 1000;
  };
  const first = await startTestEndpoint();
  expect(await madeAt(first)).toBe(MONDAY);
  const second = await restartOnWednesday(first);
  expect(await madeAt(second)).toBe(MONDAY);
  const id = { SecretId: STRIPE_SECRET_ID };
  const { CreatedDate } = await second.secretsManager.send(new GetSecretValueCommand(id));
  const { LastChangedDate } = await second.secretsManager.send(new DescribeSecretCommand(id));
  expect([CreatedDate?.getTime(), LastChangedDate?.getTime()]).toEqual([MONDAY, MONDAY]);
  const { creationDate } = await second.sfn.send(
    new DescribeStateMachineCommand({ stateMachineArn: STATE_MACHINE_ARN }),
  );
  expect(creationDate?.getTime()).toBe(MONDAY);
});
