import { expect, test } from "vitest";
import { ALARMS, alarmDefinitions } from "#infra/deployment/alarms.ts";
import type { FunctionId, MetricName } from "#infra/deployment/metrics.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";
import { QUEUES } from "#infra/deployment/queues.ts";
import { mapSteps } from "#infra/deployment/steps.ts";

const watched = new Set<MetricName>(alarmDefinitions().flatMap(([, { metrics }]) => metrics));

/** Whoever calls them shows that they fail, be it the function or Lambda. */
const SEEN_BY_THEIR_CALLERS: Partial<Record<FunctionId, MetricName>> = {
  webhook: "answers:webhook5xx",
  api: "answers:api5xx",
  ...Object.fromEntries(
    Object.values(mapSteps(({ handler }) => handler)).map((step) => [step, "executions:failed"]),
  ),
};
/** It refuses by errors, and counts by itself what is none of those; what breaks it off nobody counts but Lambda. */
const COUNTED: Partial<Record<FunctionId, MetricName[]>> = {
  preSignUp: ["counted:SignUpFailed", "crashes:preSignUp"],
};
/** A sweep that Lambda turns away is missed. */
const MISSED: Partial<Record<FunctionId, MetricName>> = { reconcile: "counted:Reconciled" };

test("no function fails or is turned away unseen", () => {
  const functions = Object.keys(nameParts(PRODUCTION).functions) as FunctionId[];
  const isSeen = (id: FunctionId) => {
    const byCaller = SEEN_BY_THEIR_CALLERS[id];
    if (byCaller) return watched.has(byCaller);
    const missed = MISSED[id];
    const failures = COUNTED[id] ?? [`errors:${id}` as const];
    const isFailureSeen = failures.every((metric) => watched.has(metric));
    return isFailureSeen && (watched.has(`throttles:${id}`) || (missed && watched.has(missed)));
  };
  expect(functions.filter((id) => !isSeen(id))).toEqual([]);
});

test("a message that somebody has in hand is seen wherever one that waits is", () => {
  for (const [id, { metrics }] of alarmDefinitions()) {
    const seen = (queue: string) => metrics.includes(`visible:${queue}` as MetricName);
    const inHand = (queue: string) => metrics.includes(`inFlight:${queue}` as MetricName);
    for (const queue of Object.keys(QUEUES)) expect([id, inHand(queue)]).toEqual([id, seen(queue)]);
  }
});

test("what happens is told anew a minute later, beside what stands", () => {
  const news = alarmDefinitions().filter(
    ([, { periodSeconds, evaluationPeriods }]) => periodSeconds === 60 && !evaluationPeriods,
  );
  expect(news.map(([id]) => id)).toEqual([
    "NewDeadLetters",
    "ExecutionsFailed",
    "ExecutionsTimedOut",
    "ExecutionsAborted",
    "DoublePayment",
    "CheckoutsRefused",
    "RefundsNoticed",
    "DisputesNoticed",
    "UnreadableRecords",
    "LostDeliveries",
  ]);
  expect(ALARMS.DeadLetters.metrics).not.toContain("lettersSent");
});
