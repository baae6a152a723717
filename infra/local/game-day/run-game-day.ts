/** Runs scenarios against a running stack, with the alarms of `infra/deployment/alarms.ts` on a clock that goes faster. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { openTable } from "#handlers/adapters/dynamodb/table.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { startAlarmWatch } from "#infra/operate/alarms/alarm-watch.ts";
import { createMeasurements } from "#infra/operate/alarms/measure.ts";
import { createDeadLetterReader } from "#infra/operate/records/dead-letters.ts";
import { createExecutionReader } from "#infra/operate/records/executions.ts";
import { createStripeDeliveries } from "#infra/operate/records/stripe-deliveries.ts";
import { groupByExecution, redriveDeadLetters, takeDeadLetters } from "#workflow/dead-letters/redrive.ts";
import {
  DEAD_LETTER_QUEUE_NAME,
  OVERFLOW_QUEUE_NAME,
  queueUrl,
  REGION,
  STATE_MACHINE_ARN,
  TABLE_NAME,
} from "../names.ts";
import type { LocalStack } from "../stack.ts";
import type { ScenarioResult, StepResult } from "./game-day.ts";
import { type GameDayParts, runScenario } from "./run-scenario.ts";
import { createScenarios } from "./scenarios.ts";

/** An hour of AWS in a minute: five-minute periods are five seconds. */
export const TIMES_FASTER = 60;
const SAMPLE_EVERY_MS = 250;

export interface GameDayOptions {
  stack: LocalStack & { stripeUrl: string };
  /** Names of scenarios; empty: all. */
  only: string[];
  patienceMs: number;
  onScenario: (breaks: string) => void;
  onStep: (result: StepResult) => void;
}

/** @throws Error when a name is not that of a scenario */
export async function runGameDay(options: GameDayOptions): Promise<ScenarioResult[]> {
  const { stack, only, patienceMs, onScenario, onStep } = options;
  const { awsUrl, stripeUrl } = stack;
  const config = awsClientConfig({ region: REGION, endpointUrl: awsUrl });
  const sfn = new SFNClient(config);
  const sqs = new SQSClient(config);
  const all = createScenarios(awsUrl, openTable(TABLE_NAME, new DynamoDBClient(config)));
  const unknown = only.filter((name) => !all.some((scenario) => scenario.name === name));
  if (unknown.length > 0)
    throw new Error(
      `There is no scenario ${unknown.join(", ")}; there are ${all.map(({ name }) => name).join(", ")}.`,
    );

  const deadLetterQueueUrl = queueUrl(awsUrl, DEAD_LETTER_QUEUE_NAME);
  const deliveries = createStripeDeliveries(stripeUrl);
  const alarms = startAlarmWatch({
    timesFaster: TIMES_FASTER,
    sampleEveryMs: SAMPLE_EVERY_MS,
    measure: createMeasurements({
      sfn,
      sqs,
      stateMachineArn: STATE_MACHINE_ARN,
      deadLetterQueueUrl,
      overflowQueueUrl: queueUrl(awsUrl, OVERFLOW_QUEUE_NAME),
      listDeliveries: async () => (await deliveries.listDeliveries()).deliveries,
    }),
  });
  const reader = createDeadLetterReader(
    sqs,
    deadLetterQueueUrl,
    createExecutionReader(sfn, STATE_MACHINE_ARN),
  );
  const parts: GameDayParts = {
    stack,
    alarms,
    patienceMs,
    findDeadLetter: async (sessionId) =>
      (await reader.listDeadLetters()).deadLetters.find(
        ({ checkoutSessionId }) => checkoutSessionId === sessionId,
      ),
    redrive: ({ checkoutSessionId }) => redriveOne(checkoutSessionId ?? "", deadLetterQueueUrl),
  };

  try {
    const results: ScenarioResult[] = [];
    for (const scenario of all.filter(({ name }) => only.length === 0 || only.includes(name))) {
      onScenario(scenario.breaks);
      results.push(await runScenario(scenario, parts, onStep));
    }
    return results;
  } finally {
    await alarms.close();
    sfn.destroy();
    sqs.destroy();
  }
}

/** What `npm run dead-letters -- redrive <session> --yes` does. */
async function redriveOne(checkoutSessionId: string, deadLetterQueueUrl: string): Promise<string> {
  // Handlers read their environment when they are loaded, and the stack has set it by now.
  const { composeDeadLetters } = await import("#handlers/composition.ts");
  const ports = composeDeadLetters({ STATE_MACHINE_ARN, DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl });
  const letters = await takeDeadLetters({ id: checkoutSessionId }, ports.queue);
  const [redriven] = await redriveDeadLetters(groupByExecution(letters), ports, () => {});
  return redriven?.outcome ?? "without a dead letter";
}
