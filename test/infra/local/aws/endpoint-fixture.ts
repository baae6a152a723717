/** A real endpoint on a free port with the real state machine, and the SDK's clients for it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { expect, onTestFinished } from "vitest";
import { type AwsEndpointOptions, startAwsEndpoint } from "#infra/local/aws/endpoint.ts";
import { readDefinition, STEP_FUNCTION_ARNS } from "#infra/local/definition.ts";
import {
  DEAD_LETTER_QUEUE_NAME,
  OVERFLOW_QUEUE_NAME,
  REGION,
  STATE_MACHINE_ARN,
  STATE_MACHINE_NAME,
  STRIPE_SECRET_ID,
} from "#infra/local/names.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";

export type Step = (payload: unknown) => Promise<unknown>;

interface Steps {
  validateSession?: Step;
  writeEnrollment?: Step;
  linkCustomer?: Step;
}

export const PAID_EVENT = {
  eventId: "evt_paid",
  eventType: "checkout.session.completed",
  paymentStatus: "paid",
  checkoutSessionId: "cs_test_1",
  paymentIntentId: "pi_1",
  userId: "user-1",
  courseId: "TEST-COURSE-003",
};

/** A queue is found whatever host its URL names, so the definition need not know the port. */
export const ANY_URL = "http://localhost:4566";

export const ENROLLED_AT = "2026-11-23T10:00:00.000Z";

/** Fails with an error of this name, as a step does. */
export const failing =
  (name: string, message = "it was said"): Step =>
  async () => {
    throw Object.assign(new Error(message), { name });
  };

/** Says what every step may say: the definition takes of it what it asks for. */
export const succeeding: Step = async () => ({ isBarred: false, enrolledAt: ENROLLED_AT });

function invokeSteps(steps: Steps): AwsEndpointOptions["invokeFunction"] {
  const byArn: Record<string, Step | undefined> = {
    [STEP_FUNCTION_ARNS.ValidateSession]: steps.validateSession,
    [STEP_FUNCTION_ARNS.WriteEnrollment]: steps.writeEnrollment,
    [STEP_FUNCTION_ARNS.LinkCustomer]: steps.linkCustomer,
  };
  return async (functionArn, payload) =>
    (await (byArn[functionArn] ?? succeeding)(payload)) ?? succeeding(payload);
}

/** Removed after the test. */
export async function createDataDir(): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "bursar-aws-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

export async function createOptions(
  { dataDir, ...steps }: Steps & { dataDir: string },
  definition?: string,
): Promise<AwsEndpointOptions> {
  return {
    port: 0,
    dataDir,
    accessKey: TEST_ACCESS_KEY,
    stateMachine: {
      name: STATE_MACHINE_NAME,
      definition: definition ?? (await readDefinition(ANY_URL)),
    },
    invokeFunction: invokeSteps(steps),
    secrets: { [STRIPE_SECRET_ID]: { STRIPE_SECRET_KEY: "sk_test_initial" } },
    queues: [
      { name: OVERFLOW_QUEUE_NAME, attributes: { VisibilityTimeout: "1" } },
      { name: DEAD_LETTER_QUEUE_NAME },
    ],
  };
}

export type TestEndpoint = Awaited<ReturnType<typeof startTestEndpoint>>;

/** Closed after the test, unless the test has closed it. */
export async function startTestEndpoint(steps: Steps & { dataDir?: string } = {}, definition?: string) {
  const dataDir = steps.dataDir ?? (await createDataDir());
  const endpoint = await startAwsEndpoint(await createOptions({ ...steps, dataDir }, definition));
  onTestFinished(() => endpoint.close());
  return { ...endpoint, dataDir, accessKey: TEST_ACCESS_KEY, ...createClients(endpoint.url) };
}

export function createClients(url: string, credentials = TEST_ACCESS_KEY) {
  const config = {
    endpoint: url,
    region: REGION,
    credentials,
  };
  return {
    sfn: new SFNClient(config),
    sqs: new SQSClient(config),
    dynamoDb: new DynamoDBClient(config),
    secretsManager: new SecretsManagerClient(config),
  };
}

/** @returns its ARN */
export async function startExecution(
  sfn: SFNClient,
  name: string,
  input: unknown = PAID_EVENT,
): Promise<string> {
  const { executionArn = "" } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn: STATE_MACHINE_ARN, name, input: JSON.stringify(input) }),
  );
  return executionArn;
}

export const describeExecution = (sfn: SFNClient, executionArn: string) =>
  sfn.send(new DescribeExecutionCommand({ executionArn }));

/** Waits until it has this status. */
export async function expectStatus(sfn: SFNClient, executionArn: string, status: string) {
  await expect
    .poll(async () => (await describeExecution(sfn, executionArn)).status, { timeout: 15_000, interval: 20 })
    .toBe(status);
  return describeExecution(sfn, executionArn);
}

export async function readHistory(sfn: SFNClient, executionArn: string): Promise<HistoryEvent[]> {
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  return events;
}

export const typesOf = (events: HistoryEvent[]) => events.map(({ type }) => type);

/** A promise that the test resolves, for a step that has to wait. */
export function createGate() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
