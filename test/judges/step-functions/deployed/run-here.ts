/** The scenarios on the local Step Functions. */
import {
  paginateGetExecutionHistory,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { createFaults, type Faults } from "#infra/local/aws/faults.ts";
import { errorReply } from "#infra/local/aws/json-service.ts";
import { FunctionThrottled } from "#infra/local/aws/lambda.ts";
import { type AwsService, ServiceError } from "#infra/local/aws/wire.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { DEAD_LETTER_QUEUE_NAME, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import type { RecordedEvent } from "../recorded-histories.ts";
import { withEndpoint } from "../with-endpoint.ts";
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
  const time = takeOverEngineTime();
  let current: Answers | undefined;
  const given = {
    invokeFunction: async (FunctionName: string, Payload: unknown) =>
      give(await current?.lambda({ FunctionName, Payload }), time),
    queues: [{ name: DEAD_LETTER_QUEUE_NAME }],
    faults: refuseMessages(() => current),
  };
  try {
    return await withEndpoint(definition, given, async (client) => {
      const all: Runs[] = [];
      for (const [index, scenario] of scenarios.entries()) {
        current = answers[index];
        all.push({ runs: await run(client, scenario, executionNameOf(index)), pauses: time.takePauses() });
      }
      return all;
    });
  } finally {
    time.restore();
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
