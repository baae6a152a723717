/** What AWS would charge for an enrollment, counted from the histories of executions. */
import { setTimeout as pause } from "node:timers/promises";
import { type HistoryEvent, paginateGetExecutionHistory } from "@aws-sdk/client-sfn";
import { followExecution } from "#infra/local/follow-execution.ts";
import { executionArn } from "#infra/local/names.ts";
import type { Figure } from "./figure.ts";
import { createPurchases, type Purchases } from "./purchases.ts";
import type { StackBenchRun } from "./run-bench.ts";

const SECTION = "Billing";
const RETRIES = 2;

/** US dollars, us-east-1, list prices: https://aws.amazon.com/step-functions/pricing and https://aws.amazon.com/lambda/pricing */
const PRICE = {
  transition: 0.025 / 1_000,
  invocation: 0.2 / 1_000_000,
  /** Arm, 512 MB, and 50 ms that a step may take: half of 0.0000133334 a second. */
  step: 0.5 * 0.0000133334 * 0.05,
  apiRequest: 1 / 1_000_000,
} as const;

export async function measureBilling({ stack, report }: StackBenchRun): Promise<Figure[]> {
  report("billing: a purchase, and one with retries");
  const purchases = createPurchases(stack);
  const happy = count(await runPurchase(purchases, "bench-billing-happy"));
  const retried = count(await runRetriedPurchase(purchases, "bench-billing-retried", stack.awsUrl));
  // The webhook is one invocation more, and one request at the gateway.
  const cost =
    happy.transitions * PRICE.transition +
    (happy.invocations + 1) * (PRICE.invocation + PRICE.step) +
    PRICE.apiRequest;
  return [
    {
      section: SECTION,
      name: "state transitions, happy path",
      unit: "count",
      ours: happy.transitions,
      atMost: 6,
    },
    { section: SECTION, name: "Lambda invocations, happy path", unit: "count", ours: happy.invocations + 1 },
    {
      section: SECTION,
      name: "state transitions per retry",
      unit: "count",
      ours: (retried.transitions - happy.transitions) / retried.failures,
      atMost: 1,
    },
    {
      section: SECTION,
      name: "Lambda invocations per retry",
      unit: "count",
      ours: (retried.invocations - happy.invocations) / retried.failures,
      atMost: 1,
    },
    { section: SECTION, name: "1,000 enrollments", unit: "US$", ours: cost * 1_000 },
  ];
}

async function runPurchase(purchases: Purchases, userId: string): Promise<HistoryEvent[]> {
  await purchases.createStudent(userId);
  await purchases.post(userId);
  return readHistoryAtItsEnd(purchases, userId);
}

/** The table refuses enrollments until the step has failed as often as wanted. */
async function runRetriedPurchase(
  purchases: Purchases,
  userId: string,
  awsUrl: string,
): Promise<HistoryEvent[]> {
  await purchases.createStudent(userId);
  await setFaults(awsUrl, [{ target: "DynamoDB_20120810.PutItem", kind: "refuse" }]);
  try {
    await purchases.post(userId);
    while (count(await readHistory(purchases, userId)).failures < RETRIES) await pause(100);
  } finally {
    await setFaults(awsUrl, []);
  }
  return readHistoryAtItsEnd(purchases, userId);
}

async function readHistoryAtItsEnd(purchases: Purchases, userId: string): Promise<HistoryEvent[]> {
  const { status } = await followExecution(purchases.clients.sfn, `evt_${userId}`);
  if (status !== "SUCCEEDED") throw new Error(`the execution of ${userId} ended ${status}`);
  return readHistory(purchases, userId);
}

async function readHistory({ clients }: Purchases, userId: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  const execution = { executionArn: executionArn(`evt_${userId}`) };
  for await (const page of paginateGetExecutionHistory({ client: clients.sfn }, execution))
    events.push(...(page.events ?? []));
  return events;
}

/** A transition per state entered and one out of the last, as AWS's own examples count; and one per retry. */
function count(events: HistoryEvent[]) {
  const ofType = (type: RegExp) => events.filter((event) => type.test(event.type ?? "")).length;
  const invocations = ofType(/^TaskScheduled$/);
  const tasks = ofType(/^TaskStateEntered$/);
  const failures = ofType(/^TaskFailed$/);
  return { invocations, failures, transitions: ofType(/StateEntered$/) + 1 + (invocations - tasks) };
}

async function setFaults(awsUrl: string, faults: object[]): Promise<void> {
  const { ok } = await fetch(`${awsUrl}/_bursar/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ faults }),
  });
  if (!ok) throw new Error("the faults could not be set");
}
