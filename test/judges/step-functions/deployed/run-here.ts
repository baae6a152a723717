/** The scenarios on the local Step Functions. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  paginateGetExecutionHistory,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { startAwsEndpoint } from "#infra/local/aws/endpoint.ts";
import { createFaults, type Faults } from "#infra/local/aws/faults.ts";
import { errorReply } from "#infra/local/aws/json-service.ts";
import { FunctionThrottled } from "#infra/local/aws/lambda.ts";
import { type AwsService, ServiceError } from "#infra/local/aws/wire.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { DEAD_LETTER_QUEUE_NAME, REGION, STATE_MACHINE_ARN, STATE_MACHINE_NAME } from "#infra/local/names.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";
import type { RecordedEvent } from "../recorded-histories.ts";
import type { Answers, LambdaAnswer } from "./answers.ts";
import { type EngineTime, takeOverEngineTime } from "./engine-time.ts";
import { executionNameOf, type Runs } from "./runs.ts";
import type { Scenario } from "./scenarios.ts";

/** One scenario after another, so that whoever asks is known by when they ask. */
export async function runHere(
  definition: string,
  scenarios: Scenario[],
  answers: Answers[],
): Promise<Runs[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "bursar-judge-"));
  const time = takeOverEngineTime();
  let current: Answers | undefined;
  const endpoint = await startAwsEndpoint({
    port: 0,
    dataDir,
    accessKey: TEST_ACCESS_KEY,
    stateMachine: { name: STATE_MACHINE_NAME, definition },
    invokeFunction: async (FunctionName, Payload) =>
      give(await current?.lambda({ FunctionName, Payload }), time),
    secrets: {},
    queues: [{ name: DEAD_LETTER_QUEUE_NAME }],
    faults: refuseMessages(() => current),
  });
  const config = awsClientConfig({ region: REGION, endpointUrl: endpoint.url, accessKey: TEST_ACCESS_KEY });
  const client = new SFNClient(config);
  const all: Runs[] = [];
  try {
    for (const [index, scenario] of scenarios.entries()) {
      current = answers[index];
      all.push({ runs: await run(client, scenario, executionNameOf(index)), pauses: time.takePauses() });
    }
    return all;
  } finally {
    time.restore();
    client.destroy();
    await endpoint.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function run(client: SFNClient, { input, redrives = 0 }: Scenario, name: string) {
  const start = { stateMachineArn: STATE_MACHINE_ARN, name, input: JSON.stringify(input) };
  const { executionArn = "" } = await client.send(new StartExecutionCommand(start));
  await followExecution(client, name);
  for (let count = 0; count < redrives; count += 1) {
    await client.send(new RedriveExecutionCommand({ executionArn }));
    await followExecution(client, name);
  }
  const events: RecordedEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client }, { executionArn }))
    events.push(...((page.events ?? []) as unknown as RecordedEvent[]));
  return splitAtRedrives(events);
}

function splitAtRedrives(events: RecordedEvent[]): RecordedEvent[][] {
  const runs: RecordedEvent[][] = [[]];
  for (const event of events) {
    if (event.type === "ExecutionRedriven") runs.push([]);
    else runs.at(-1)?.push(event);
  }
  return runs;
}

/** What Lambda gives to the local Step Functions, in the form that it has there. */
async function give(answer: LambdaAnswer | undefined, time: EngineTime): Promise<unknown> {
  if (!answer) throw new Error("Nobody answers.");
  if ("payload" in answer) return answer.payload;
  if ("functionError" in answer) {
    const { errorType, errorMessage } = answer.functionError;
    throw Object.assign(new Error(errorMessage), { name: errorType });
  }
  if ("hangs" in answer) {
    time.endTask();
    return new Promise(() => undefined);
  }
  const { code, message, status, requestId } = answer.refusal;
  if (code === "TooManyRequestsException") throw new FunctionThrottled();
  const told = `${message} (Service: AWSLambda; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`;
  throw Object.assign(new Error(told), { name: `Lambda.${code}` });
}

function refuseMessages(current: () => Answers | undefined): Faults {
  const refuse =
    (service: AwsService): AwsService =>
    async (request) => {
      const answer = request.operation === "SendMessage" ? current()?.queue() : undefined;
      if (!answer || !("refusal" in answer)) return service(request);
      const { code, message, status } = answer.refusal;
      return errorReply(new ServiceError(code, message, status));
    };
  return { ...createFaults(), guard: refuse };
}
