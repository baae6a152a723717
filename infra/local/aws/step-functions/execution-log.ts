/** What CloudWatch counts of executions, and what is searched for in their log. */
import type { MetricName } from "#infra/deployment/metrics.ts";
import type { HistoryEvent } from "#infra/states-language/history-events.ts";
import type { ExecutionStore } from "./execution-store.ts";

const ENDS: Partial<Record<string, MetricName>> = {
  ExecutionFailed: "executions:failed",
  ExecutionTimedOut: "executions:timedOut",
  ExecutionAborted: "executions:aborted",
};

/** @returns the store, which tells of everything that it is given to keep */
export function watchExecutions(store: ExecutionStore, record: (metric: MetricName) => void): ExecutionStore {
  return {
    ...store,
    writeTransition(execution, happened, before) {
      for (const metric of happened.flatMap(metricOf)) record(metric);
      return store.writeTransition(execution, happened, before);
    },
  };
}

function metricOf({ type, taskSucceededEventDetails }: HistoryEvent): MetricName[] {
  if (taskSucceededEventDetails?.resourceType === "sqs") return ["lettersSent"];
  const end = ENDS[type ?? ""];
  return end ? [end] : [];
}
