/** What AWS would count and charge for an enrollment: by the histories of executions, and by all that it uses. */
import { setTimeout as pause } from "node:timers/promises";
import { type HistoryEvent, paginateGetExecutionHistory } from "@aws-sdk/client-sfn";
import { followExecution } from "#infra/local/follow-execution.ts";
import { executionArn } from "#infra/local/names.ts";
import { totalOf } from "#test/load/costs/bill.ts";
import { COUNTED, calculateCosts, MOST_DOLLARS } from "#test/load/costs/calculate-costs.ts";
import type { Figure } from "./figure.ts";
import { createPurchases, type Purchases } from "./purchases.ts";
import type { StackBenchRun } from "./run-bench.ts";

const SECTION = "Billing";
const RETRIES = 2;

export async function measureBilling({ stack, report }: StackBenchRun): Promise<Figure[]> {
  report("billing: a purchase, and one with retries");
  const purchases = createPurchases(stack);
  const happy = count(await runPurchase(purchases, "bench-billing-happy"));
  const retried = count(await runRetriedPurchase(purchases, "bench-billing-retried", stack.awsUrl));
  report(`billing: what ${COUNTED} enrollments use`);
  const { enrolling } = await calculateCosts(COUNTED);
  return [
    {
      section: SECTION,
      name: "state transitions, happy path",
      unit: "count",
      ours: happy.transitions,
      atMost: 6,
    },
    // The webhook is one more.
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
    {
      section: SECTION,
      name: "1,000 enrollments",
      unit: "US$",
      ours: totalOf(enrolling),
      atMost: MOST_DOLLARS,
    },
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
