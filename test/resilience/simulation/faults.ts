/** What can become of a call to AWS or Stripe, and the errors that a client then sees: those of the SDKs, as they throw them. */
import { InternalServerError, ProvisionedThroughputExceededException } from "@aws-sdk/client-dynamodb";
import { SecretsManagerServiceException } from "@aws-sdk/client-secrets-manager";
import { SFNServiceException } from "@aws-sdk/client-sfn";
import { RequestThrottled, SQSServiceException } from "@aws-sdk/client-sqs";
import { Stripe } from "stripe";
import { PATIENCE } from "#handlers/adapters/patience.ts";

export type Service = "dynamodb" | "states" | "sqs" | "secrets" | "stripe" | "lambda";

export type Outcome =
  | "answered"
  /** Nothing has happened there. */
  | "refused"
  | "throttled"
  | "failed-there"
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
/** Stripe's SDK gives up a throttle at once. */
const final = new WeakSet<Error>();

export const isFault = (error: unknown): boolean => error instanceof Error && faults.has(error);

/** Whether an SDK would call again by itself. */
export const isTriedAgain = (error: unknown): boolean => isFault(error) && !final.has(error as Error);

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
  const fault = FAULTS[service](outcome);
  faults.add(fault);
  if (service === "stripe" && outcome === "throttled") final.add(fault);
  return fault;
}

const FAULTS: Record<Service, (outcome: Outcome) => Error> = {
  dynamodb: (outcome) => {
    if (outcome === "throttled")
      return new ProvisionedThroughputExceededException({
        message: "Rate exceeded",
        $metadata: answered(400),
      });
    if (outcome === "failed-there")
      return new InternalServerError({ message: "Internal server error", $metadata: answered(500) });
    return connectionFault(outcome);
  },
  states: (outcome) => {
    const [name, status] = NAMED[outcome] ?? [];
    return name ? new SFNServiceException(unmodeled(name, status)) : connectionFault(outcome);
  },
  secrets: (outcome) => {
    const [name, status] = NAMED[outcome] ?? [];
    return name ? new SecretsManagerServiceException(unmodeled(name, status)) : connectionFault(outcome);
  },
  sqs: (outcome) => {
    if (outcome === "throttled")
      return new RequestThrottled({ message: "Request is throttled.", $metadata: answered(400) });
    if (outcome === "failed-there") return new SQSServiceException(unmodeled("InternalFailure", 500));
    return connectionFault(outcome);
  },
  stripe: stripeFault,
  lambda: lambdaFault,
};

/** Names that no service's model has; the SDK makes its service's general error of them. */
const NAMED: Partial<Record<Outcome, [name: string, status: number]>> = {
  throttled: ["ThrottlingException", 400],
  "failed-there": ["InternalFailure", 500],
};

const answered = (httpStatusCode: number) => ({ httpStatusCode, attempts: 1, totalRetryDelay: 0 });

const unmodeled = (name: string, status = 500) => ({
  name,
  message: name,
  $fault: status < 500 ? ("client" as const) : ("server" as const),
  $metadata: answered(status),
});

/** A socket that was refused, closed or silent: nothing that AWS itself has said. */
function connectionFault(outcome: Outcome): Error {
  const $metadata = { attempts: 1, totalRetryDelay: 0 };
  if (outcome === "refused")
    return Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", $metadata });
  if (outcome === "answer-lost")
    return Object.assign(new Error("socket hang up"), {
      code: "ECONNRESET",
      name: "TimeoutError",
      $metadata,
    });
  const message = "@smithy/node-http-handler - [ERROR] a request has exceeded the configured requestTimeout.";
  return Object.assign(new Error(message), { code: "ETIMEDOUT", name: "TimeoutError", $metadata });
}

/** Its errors have the name Error; what they are is their type. */
function stripeFault(outcome: Outcome): Error {
  const { StripeAPIError, StripeConnectionError, StripeRateLimitError } = Stripe.errors;
  if (outcome === "throttled") {
    const message = "Request rate limit exceeded.";
    return new StripeRateLimitError({
      message,
      type: "invalid_request_error",
      code: "rate_limit",
      statusCode: 429,
    });
  }
  // What is no JSON comes without a status.
  if (outcome === "failed-there")
    return new StripeAPIError({
      message: "Invalid JSON received from the Stripe API",
    });
  return new StripeConnectionError({
    message: "An error occurred with our connection to Stripe.",
  });
}

/** As the state machine sees them, not a client. */
function lambdaFault(outcome: Outcome): Error {
  const name = {
    throttled: "Lambda.TooManyRequestsException",
    refused: "Lambda.ServiceException",
    "failed-there": "Lambda.AWSLambdaException",
  };
  return Object.assign(new Error(`lambda: the call was ${outcome}`), {
    name: name[outcome as keyof typeof name] ?? "Lambda.SdkClientException",
  });
}
