/** Structured logs and business metrics. Both carry ids only: never e-mail, names, tokens, secrets or raw events. */
import { AsyncLocalStorage } from "node:async_hooks";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { PaybackOutcome } from "#workflow/checkout/note-payback.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { UnreadableRecord } from "#workflow/unreadable-record.ts";
import { type CountedMetric, metricsChannel } from "./metrics-channel.ts";

export type BusinessMetric =
  | "EnrollmentWritten"
  | "DuplicateDelivery"
  | "Redriven"
  | "Queued"
  | "DoublePayment"
  | "FollowedUp"
  | "GivenUp"
  | "Reconciled"
  | "PaidNotEnrolled"
  | "StartedLate"
  | "SignatureRefused"
  | "EventRefused"
  | "CheckoutRefused"
  | "RefundNoticed"
  | "DisputeNoticed"
  | "SignUpFailed"
  | "UnreadableRecord"
  | "PolicyViolation"
  | "RequestsLimited";

const metrics = new Metrics({ namespace: "Bursar" });

/** Every entry that is written while a request is served carries the id that its student sees in an error's answer. */
const request = new AsyncLocalStorage<{ requestId: string }>();

export const inRequest = <Result>(requestId: string, serve: () => Promise<Result>): Promise<Result> =>
  request.run({ requestId }, serve);

export function createLogger(serviceName: string) {
  const logger = new Logger({ serviceName });
  const withRequest = (facts: object) => ({ ...request.getStore(), ...facts });
  return {
    info: (message: string, facts: object = {}) => logger.info(message, withRequest(facts)),
    warn: (message: string, facts: object = {}) => logger.warn(message, withRequest(facts)),
    error: (message: string, facts: object = {}) => logger.error(message, withRequest(facts)),
  };
}

/** Written at once, in CloudWatch's embedded metric format: a function that dies later has still counted. */
export function countMetric(name: BusinessMetric, count = 1): void {
  metrics.addMetric(name, MetricUnit.Count, count);
  metrics.publishStoredMetrics();
  metricsChannel.publish({ name, count } satisfies CountedMetric);
}

/** Once for each piece of news that a person has to decide about. */
export function countPayback(outcome: PaybackOutcome): void {
  if (outcome === "refund-noted") countMetric("RefundNoticed");
  if (outcome === "dispute-noted") countMetric("DisputeNoticed");
}

/**
 * What every log entry about a purchase carries, from the webhook to the last step. The execution bears the event's id;
 * one that follows after 14 days adds `-r1` and so on to it.
 */
export function correlationOf(event: PaymentEvent) {
  const { eventId, checkoutSessionId } = event;
  return { eventId, executionName: eventId, checkoutSessionId };
}

const HOUR_MS = 60 * 60 * 1000;
/** When each was counted last; who reads the same page over and over has found nothing new, and must hide nothing new. */
const countedAt = new Map<string, number>();

/** One bad record stops nobody else: it is left out of what is read, named, and counted once an hour and process. */
export function reportUnreadable({ key, message }: UnreadableRecord, now = Date.now()): void {
  createLogger("records").error("unreadable", { key, errorMessage: message });
  if (now - (countedAt.get(key) ?? -HOUR_MS) < HOUR_MS) return;
  countedAt.set(key, now);
  countMetric("UnreadableRecord");
}
