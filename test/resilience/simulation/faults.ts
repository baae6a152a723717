/** What can become of a call to AWS or Stripe, and the errors that a client then sees. */
import { Stripe } from "stripe";
import { PATIENCE } from "#handlers/adapters/patience.ts";

export type Service = "dynamodb" | "states" | "sqs" | "secrets" | "stripe" | "lambda";

export type Outcome =
  | "answered"
  /** Nothing has happened there. */
  | "refused"
  | "throttled"
  | "timed-out"
  /** It has happened, and the client hears an error. */
  | "answer-lost"
  /** The client has given up, and then it happens. */
  | "late-effect"
  /** The process that called ends; the request had not left it, or had. */
  | "stopped-before"
  | "stopped-after";

export const hasEffect = (outcome: Outcome): boolean =>
  outcome === "answered" || outcome === "answer-lost" || outcome === "stopped-after";

export const isStop = (outcome: Outcome): boolean =>
  outcome === "stopped-before" || outcome === "stopped-after";

const faults = new WeakSet<Error>();

/** Whether an SDK would call again by itself. */
export const isFault = (error: unknown): boolean => error instanceof Error && faults.has(error);

/** Attempts that the SDK makes, as the shipped clients are configured. */
export const SDK_ATTEMPTS: Record<Service, number> = {
  dynamodb: PATIENCE.request.attempts,
  states: PATIENCE.webhook.attempts,
  sqs: PATIENCE.webhook.attempts,
  secrets: PATIENCE.webhook.attempts,
  stripe: PATIENCE.checkout.attempts,
  lambda: 1,
};

export function createFault(service: Service, outcome: Outcome): Error {
  const fault = service === "stripe" ? stripeFault(outcome) : awsFault(service, outcome);
  faults.add(fault);
  return fault;
}

function stripeFault(outcome: Outcome): Error {
  return outcome === "throttled"
    ? new Stripe.errors.StripeRateLimitError({ message: "Too many requests", type: "rate_limit_error" })
    : new Stripe.errors.StripeConnectionError({ message: `The call was ${outcome}`, type: "api_error" });
}

const THROTTLES: Partial<Record<Service, string>> = {
  dynamodb: "ProvisionedThroughputExceededException",
  lambda: "Lambda.TooManyRequestsException",
};

function awsFault(service: Service, outcome: Outcome): Error {
  const error = new Error(`${service}: the call was ${outcome}`);
  if (outcome === "throttled") {
    error.name = THROTTLES[service] ?? "ThrottlingException";
    return Object.assign(error, { $metadata: { httpStatusCode: 400 } });
  }
  if (service === "lambda") {
    error.name = outcome === "refused" ? "Lambda.ServiceException" : "Lambda.SdkClientException";
    return error;
  }
  if (outcome === "refused") return Object.assign(error, { code: "ECONNREFUSED" });
  if (outcome === "answer-lost") return Object.assign(error, { code: "ECONNRESET" });
  error.name = "TimeoutError";
  return error;
}
