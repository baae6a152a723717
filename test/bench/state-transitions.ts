/** What AWS would charge for an enrollment, counted from the histories of executions. */
import { setTimeout as pause } from "node:timers/promises";
import { type HistoryEvent, paginateGetExecutionHistory } from "@aws-sdk/client-sfn";
import { executionArn, followExecution } from "#infra/local/follow-execution.ts";
import type { Figure } from "./figure.ts";
import { createPurchases, type Purchases } from "./purchases.ts";
import type { StackBenchRun } from "./run-bench.ts";

const SECTION = "Billing";

/** US dollars, us-east-1, list prices: https://aws.amazon.com/step-functions/pricing and https://aws.amazon.com/lambda/pricing */
const PRICE = {
  transition: 0.025 / 1_000,
  invocation: 0.2 / 1_000_000,
  /** Arm, 512 MB, and 50 ms that a step may take: half of 0.0000133334 a second. */
  step: 0.5 * 0.0000133334 * 0.05,
  apiRequest: 1 / 1_000_000,
} as const;

export async function measureBilling({ stack, say }: StackBenchRun): Promise<Figure[]> {
  say("billing: a purchase, and one with retries");
  const purchases = createPurchases(stack);
  const students = ["bench-billing-happy", "bench-billing-retried"] as const;
  for (const student of students) await purchases.createStudent(student);
  const happy = count(await runPurchase(purchases, students[0]));
  await setFaults(stack.awsUrl, [{ target: "DynamoDB_20120810.PutItem", kind: "throttle" }]);
  const mended = pause(4_000).then(() => setFaults(stack.awsUrl, []));
  const retried = count(await runPurchase(purchases, students[1]));
  await mended;
  const retries = retried.invocations - happy.invocations;
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
      ours: (retried.transitions - happy.transitions) / Math.max(1, retries),
      atMost: 1,
    },
    { section: SECTION, name: "1,000 enrollments", unit: "US$", ours: cost * 1_000 },
  ];
}

async function runPurchase(purchases: Purchases, userId: string): Promise<HistoryEvent[]> {
  const { sfn } = purchases.clients;
  await purchases.post(userId);
  await followExecution(sfn, `evt_${userId}`, () => {});
  const events: HistoryEvent[] = [];
  const pages = paginateGetExecutionHistory({ client: sfn }, { executionArn: executionArn(`evt_${userId}`) });
  for await (const page of pages) events.push(...(page.events ?? []));
  return events;
}

/** A transition per state entered and one out of the last, as AWS's own examples count; and one per retry. */
function count(events: HistoryEvent[]) {
  const ofType = (type: RegExp) => events.filter((event) => type.test(event.type ?? "")).length;
  const invocations = ofType(/^TaskScheduled$|^LambdaFunctionScheduled$/);
  const tasks = ofType(/^TaskStateEntered$/);
  return { invocations, transitions: ofType(/StateEntered$/) + 1 + (invocations - tasks) };
}

async function setFaults(awsUrl: string, faults: object[]): Promise<void> {
  await fetch(`${awsUrl}/_bursar/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ faults }),
  });
}
