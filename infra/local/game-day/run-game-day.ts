/** Runs scenarios against a running stack, with the alarms of `infra/deployment/alarms.ts` on a clock that goes faster. */
import { openTablePatiently } from "#handlers/adapters/dynamodb/table.ts";
import type { DeadLetterPorts, DecisionPorts } from "#handlers/composition.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { startAlarmWatch } from "#infra/operate/alarms/alarm-watch.ts";
import { matchesFilter } from "#workflow/dead-letters/read.ts";
import { groupByExecution, redriveDeadLetters, takeDeadLetters } from "#workflow/dead-letters/redrive.ts";
import { decide } from "#workflow/decide/decide.ts";
import { loadPurchase } from "#workflow/decide/load-purchase.ts";
import {
  DEAD_LETTER_QUEUE_NAME,
  DEPLOYMENT_NAME,
  queueUrl,
  STATE_MACHINE_ARN,
  STRIPE_SECRET_ID,
  TABLE_NAME,
} from "../names.ts";
import type { OwnStack } from "../own-stack.ts";
import { awsOf } from "../stack-options.ts";
import { createStripeControl } from "../stripe/control/client.ts";
import { type Scenario, type ScenarioResult, type StepResult, TIMES_FASTER } from "./game-day.ts";
import { type GameDayParts, runScenario } from "./run-scenario.ts";
import { createScenarios } from "./scenarios.ts";

const SAMPLE_EVERY_MS = 250;

export interface GameDayOptions {
  stack: OwnStack;
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
  const aws = awsClientConfig(awsOf(stack));
  const scenarios = chooseScenarios(createScenarios(stack, openTablePatiently(TABLE_NAME, aws)), only);

  // Handlers read their environment when they are loaded, and the stack has set it by now.
  const { composeDeadLetters, composeDecisions } = await import("#handlers/composition.ts");
  const letterPorts = composeDeadLetters(
    { STATE_MACHINE_ARN, DEAD_LETTER_QUEUE_URL: queueUrl(awsUrl, DEAD_LETTER_QUEUE_NAME) },
    aws,
  );
  const decisionPorts = composeDecisions({
    EDUCATION_TABLE_NAME: TABLE_NAME,
    STRIPE_SECRET_ID,
    DEPLOYMENT_NAME,
    STRIPE_API_BASE: stripeUrl,
  });
  const { queue } = letterPorts;
  const { measured } = stack;
  const alarms = startAlarmWatch({ measured, timesFaster: TIMES_FASTER, sampleEveryMs: SAMPLE_EVERY_MS });
  const parts: GameDayParts = {
    stack,
    alarms,
    patienceMs,
    findDeadLetter: async (id) =>
      (await queue.peekDeadLetters()).find((letter) => matchesFilter(letter, { id })),
    redrive: ({ checkoutSessionId }) => redriveOne(checkoutSessionId ?? "", letterPorts),
    refund: (checkoutSessionId) => createStripeControl(stripeUrl).refund(checkoutSessionId),
    withdraw: (checkoutSessionId, userId) => withdrawOne(checkoutSessionId, userId, decisionPorts),
  };

  try {
    const results: ScenarioResult[] = [];
    for (const scenario of scenarios) {
      onScenario(scenario.breaks);
      results.push(await runScenario(scenario, parts, onStep));
    }
    return results;
  } finally {
    await alarms.close();
  }
}

function chooseScenarios(all: Scenario[], only: string[]): Scenario[] {
  const unknown = only.filter((name) => !all.some((scenario) => scenario.name === name));
  if (unknown.length > 0)
    throw new Error(
      `There is no scenario ${unknown.join(", ")}; there are ${all.map(({ name }) => name).join(", ")}.`,
    );
  return all.filter(({ name }) => only.length === 0 || only.includes(name));
}

/** What `npm run dead-letters -- redrive <session> --yes` does. */
async function redriveOne(checkoutSessionId: string, ports: DeadLetterPorts): Promise<string> {
  const letters = await takeDeadLetters({ id: checkoutSessionId }, ports.queue);
  const [redriven] = await redriveDeadLetters(groupByExecution(letters), ports, () => {});
  return redriven?.outcome ?? "without a dead letter";
}

/** What `npm run ops -- withdraw <session> --because refunded --yes` does. */
async function withdrawOne(checkoutSessionId: string, userId: string, ports: DecisionPorts): Promise<void> {
  const purchase = await loadPurchase(checkoutSessionId, userId, ports);
  if (!purchase) throw new Error(`${checkoutSessionId} is not a purchase.`);
  await decide(purchase, { kind: "withdrawn", reason: "refunded", by: "game day" }, ports);
}
