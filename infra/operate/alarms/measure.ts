/** What the alarms look at, asked of the services themselves: one machine has no CloudWatch. */
import type { ExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import type { AlarmId } from "#infra/deployment/alarms.ts";
import type { Delivery } from "../records/shapes.ts";
import type { Measurements } from "./alarm-watch.ts";

interface MeasuredParts {
  executions: Pick<ExecutionLookup, "listExecutions">;
  countDeadLetters: () => Promise<number>;
  countOverflow: () => Promise<number>;
  /** The payment provider's record of what the webhook answered; absent where nobody keeps one. */
  listDeliveries?: (() => Promise<Delivery[]>) | undefined;
}

const STATUSES = {
  ExecutionsFailed: "FAILED",
  ExecutionsTimedOut: "TIMED_OUT",
  ExecutionsAborted: "ABORTED",
} as const;

export function createMeasurements(parts: MeasuredParts): (since: number) => Promise<Measurements> {
  const deadLetters = createMaximum();
  const overflow = createMaximum();
  const failures = createStopCounter(parts);
  let overflowSince: number | undefined;

  async function measureOverflowAge(now: number): Promise<number> {
    // SQS tells the age of its oldest message to CloudWatch only; a queue that never empties is at least as old.
    const waiting = await parts.countOverflow();
    overflowSince = waiting > 0 ? (overflowSince ?? now) : undefined;
    return overflowSince === undefined ? 0 : (now - overflowSince) / 1000;
  }

  return async (since) => {
    const now = Date.now();
    const [stopped, letters, age, deliveries] = await Promise.all([
      failures.count(since),
      parts.countDeadLetters(),
      measureOverflowAge(now),
      parts.listDeliveries?.() ?? [],
    ]);
    const answers = deliveries
      .flatMap(({ attempts }) => attempts)
      .filter(({ at }) => Date.parse(at) >= since);
    const answered = (test: (status: number) => boolean) =>
      answers.filter(({ status }) => status !== null && test(status)).length;
    return {
      ...stopped,
      DeadLetters: deadLetters(letters, now, since),
      OverflowAge: overflow(age, now, since),
      WebhookFailures: answered((status) => status >= 500),
      SignatureFailures: answered((status) => status === 400),
    };
  };
}

/** The largest of the values since the period's beginning. */
function createMaximum() {
  let samples: { at: number; value: number }[] = [];
  return (value: number, at: number, since: number): number => {
    samples = [...samples.filter((sample) => sample.at >= since), { at, value }];
    return Math.max(...samples.map((sample) => sample.value));
  };
}

/**
 * Counts executions that stopped since a time. A redriven execution leaves the list of the failed ones, but CloudWatch
 * has counted it: so does this, once it has seen it.
 */
function createStopCounter({ executions }: MeasuredParts) {
  const seen = new Map<string, { alarmId: keyof typeof STATUSES; at: number }>();

  async function noteStopped(alarmId: keyof typeof STATUSES): Promise<void> {
    const page = await executions.listExecutions({ status: STATUSES[alarmId], pageSize: 100 });
    for (const { name, stoppedAt } of page.executions) {
      if (stoppedAt) seen.set(`${name} ${stoppedAt}`, { alarmId, at: Date.parse(stoppedAt) });
    }
  }

  return {
    async count(since: number): Promise<Partial<Record<AlarmId, number>>> {
      const ids = Object.keys(STATUSES) as (keyof typeof STATUSES)[];
      await Promise.all(ids.map(noteStopped));
      for (const [key, { at }] of seen) if (at < since) seen.delete(key);
      const stops = [...seen.values()];
      return Object.fromEntries(ids.map((id) => [id, stops.filter(({ alarmId }) => alarmId === id).length]));
    },
  };
}
