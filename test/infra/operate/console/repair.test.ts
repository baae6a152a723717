import path from "node:path";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test } from "vitest";
import { createExecutionStore } from "#infra/local/aws/step-functions/execution-store.ts";
import {
  DEAD_LETTER_QUEUE_NAME,
  executionArn,
  queueUrl,
  REGION,
  STATE_MACHINE_ARN,
} from "#infra/local/names.ts";
import { createTable } from "#infra/local/seed.ts";
import { openDatabase } from "#infra/local/storage/database.ts";
import type { FollowedExecution, FollowedLetters } from "#infra/operate/console/contract.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
import {
  createClients,
  createDataDir,
  describeExecution,
  expectStatus,
  failing,
  startExecution,
  startTestEndpoint,
  succeeding,
} from "#test/infra/local/aws/endpoint-fixture.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";
import { paymentEvent } from "#test/support/payment-events.ts";

/** The console on an endpoint, asked as its page asks it. */
async function openConsole(url: string) {
  const aws = { region: REGION, endpointUrl: url, accessKey: TEST_ACCESS_KEY };
  // Where the ledger is.
  await createTable(createClients(url).dynamoDb);
  const console = await startConsole({ port: 0, aws, stateMachineArn: STATE_MACHINE_ARN, mayRedrive: true });
  onTestFinished(() => console.close());
  const headers = { "x-bursar-console": "1", "content-type": "application/json" };
  return {
    read: async <Answer>(path: string) =>
      (await (await fetch(`${console.url}/api/${path}`)).json()) as Answer,
    post: async (path: string, reason: string | undefined = "mended") => {
      const body = JSON.stringify({ reason });
      const response = await fetch(`${console.url}/api/${path}`, { method: "POST", headers, body });
      return { status: response.status, body: (await response.json()) as { executionName?: string } };
    },
  };
}

/** An execution that failed longer ago than Step Functions redrives it, and whose cause is mended. */
async function failLongAgo() {
  const dataDir = await createDataDir();
  const before = await startTestEndpoint({ dataDir, validateSession: failing("CourseNotFound") });
  const arn = await startExecution(before.sfn, "evt_1", paymentEvent());
  await expectStatus(before.sfn, arn, "FAILED");
  await before.close();
  await makeOlder(dataDir, "evt_1", 15 * 24 * 60 * 60 * 1000);
  return { ...(await startTestEndpoint({ dataDir })), arn };
}

async function makeOlder(dataDir: string, name: string, byMs: number): Promise<void> {
  const database = await openDatabase(path.join(dataDir, "state"));
  const store = createExecutionStore(database);
  const execution = await store.findExecution(name);
  if (!execution?.stoppedAt) throw new Error(`${name} is not over`);
  await store.writeTransition({ ...execution, stoppedAt: execution.stoppedAt - byMs }, [], execution);
  await database.close();
}

const onlyLetter = async ({ read }: Awaited<ReturnType<typeof openConsole>>) => {
  const { deadLetters } = await read<FollowedLetters>("dead-letters");
  expect(deadLetters).toHaveLength(1);
  return deadLetters[0];
};

test("a redrive after more than 14 days starts a fresh execution, and every page names it", async () => {
  const { url, sfn, arn } = await failLongAgo();
  const console = await openConsole(url);
  await expect(console.post("executions/evt_1/redrive")).resolves.toEqual({
    status: 200,
    body: { executionName: "evt_1-r1" },
  });
  await expectStatus(sfn, `${arn}-r1`, "SUCCEEDED");
  expect(await describeExecution(sfn, arn)).toMatchObject({ status: "FAILED", redriveCount: 0 });

  const standing = { executionName: "evt_1-r1", status: "SUCCEEDED" };
  expect((await console.read<FollowedExecution>("executions/evt_1")).standing).toEqual(standing);
  expect(await onlyLetter(console)).toMatchObject({ executionName: "evt_1", standing });
});

test("a letter goes once the execution that took the place of its own has succeeded, and not before", async () => {
  const { url, sfn, arn } = await failLongAgo();
  const console = await openConsole(url);
  const { messageId } = (await onlyLetter(console)) ?? {};
  expect((await console.post(`dead-letters/${messageId}/delete`)).status).toBe(409);

  const { body } = await console.post(`dead-letters/${messageId}/redrive`);
  expect(body.executionName).toBe("evt_1-r1");
  await expectStatus(sfn, `${arn}-r1`, "SUCCEEDED");
  expect((await console.post(`dead-letters/${messageId}/delete`)).status).toBe(200);
  expect(await console.read("dead-letters")).toMatchObject({ deadLetters: [], total: 0 });
});

test("an event that the overflow queue gave up is started from its letter", async () => {
  const { url, sfn, sqs } = await startTestEndpoint({ validateSession: succeeding });
  const QueueUrl = queueUrl(url, DEAD_LETTER_QUEUE_NAME);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(paymentEvent()) }));
  const console = await openConsole(url);
  const { messageId, error, standing } = (await onlyLetter(console)) ?? {};
  expect([error, standing]).toEqual(["NotStarted", undefined]);

  const { body } = await console.post(`dead-letters/${messageId}/redrive`);
  expect(body.executionName).toBe("evt_1");
  const arn = executionArn("evt_1");
  await expectStatus(sfn, arn, "SUCCEEDED");
  expect(await onlyLetter(console)).toMatchObject({ standing: { status: "SUCCEEDED" } });
});

test("a message that is no letter is shown, and neither redriven nor removed", async () => {
  const { url, sqs } = await startTestEndpoint();
  const QueueUrl = queueUrl(url, DEAD_LETTER_QUEUE_NAME);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "garbage" }));
  const console = await openConsole(url);
  const { messageId, error } = (await onlyLetter(console)) ?? {};
  expect(error).toBe("Unreadable");
  for (const what of ["redrive", "delete"])
    expect((await console.post(`dead-letters/${messageId}/${what}`)).status).toBe(409);
});
