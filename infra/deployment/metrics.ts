/** What is measured of a deployment, by name: CloudWatch does it on AWS, the stack itself on one machine. */
import type { BusinessMetric } from "#handlers/telemetry.ts";
import type { Names } from "./names.ts";
import type { QueueId } from "./queues.ts";

export type FunctionId = keyof Names["functions"];

/** By the access log, which also knows the answers that no function gave: time-outs, and what Lambda turned away. */
export const ANSWERS = {
  webhook5xx: { access: "stripe", status: "5*" },
  api5xx: { access: "students", status: "5*" },
  tooManyRequests: { access: "anybody", status: "429" },
} as const;

export type AnswerId = keyof typeof ANSWERS;

export type MetricName =
  /** By the handlers themselves, in their logs. */
  | `counted:${BusinessMetric}`
  /** Invocations that ended with an error, or at their time limit; what Lambda did not even begin. */
  | `errors:${FunctionId}`
  | `throttles:${FunctionId}`
  /** Those of the errors that the handler has not thrown: what Lambda ended, could not load or saw break down. */
  | `crashes:${FunctionId}`
  /** How many messages a receiver could get, and how many somebody has received and not deleted. */
  | `visible:${QueueId}`
  | `inFlight:${QueueId}`
  /** Executions that ended so. */
  | `executions:${"failed" | "timedOut" | "aborted"}`
  | `answers:${AnswerId}`
  /** Messages that the state machine has sent, by its own log: to the dead-letter queue, since it sends no others. */
  | "lettersSent";

/** Of one period: depths of queues are sampled, everything else is counted. */
export const statisticOf = (metric: MetricName): "Maximum" | "Sum" =>
  /^(visible|inFlight):/.test(metric) ? "Maximum" : "Sum";

/** @returns e.g. `["errors", "api"]`; the second part is empty where there is none */
export function splitMetric(metric: MetricName): [kind: string, of: string] {
  const [kind = "", of = ""] = metric.split(":");
  return [kind, of];
}
