/** The shipped Lambda handlers, with the environment that a deployment would give them. */

import { type CheckoutSettings, checkoutSettings } from "#handlers/checkout-options.ts";
import type { FunctionId } from "#infra/deployment/metrics.ts";
import { mapSteps } from "#infra/deployment/steps.ts";
import type { AccessKey } from "#infra/one-machine/access-key.ts";
import type { Lambda } from "./aws/lambda.ts";
import { STEP_FUNCTION_ARNS } from "./definition.ts";
import { handlersOf } from "./functions/handlers.ts";
import { type Runtime } from "./functions/invocation.ts";
import {
  DEPLOYMENT_NAME,
  LIVE_ARN,
  OVERFLOW_QUEUE_NAME,
  queueUrl,
  REGION,
  SIGNING_SECRET_ID,
  STRIPE_SECRET_ID,
  TABLE_NAME,
} from "./names.ts";

interface FunctionEnvironment {
  awsUrl: string;
  accessKey: AccessKey;
  clientUrl: string;
  /** Undefined: Stripe itself. */
  stripeApiBase: string | undefined;
  checkout?: CheckoutSettings | undefined;
  /** Undefined: at `awsUrl`. */
  stepFunctionsUrl?: string | undefined;
  /** Where the environment does not say. */
  logLevel?: string | undefined;
}

/** All that run here. */
export const LOCAL_FUNCTIONS: FunctionId[] = [
  "webhook",
  "api",
  "copySigningSecret",
  "overflowQueue",
  "reconcile",
  "preToken",
  "preSignUp",
  ...Object.values(mapSteps(({ handler }) => handler)),
];

/** Each as it is exported; the steps by the ARN that the state machine calls them by. */
export type DeployedFunctions = ReturnType<typeof deployFunctions>;

/** Settings of the person's own AWS account that would lead the SDK away from this machine. */
const FOREIGN_VARIABLES =
  /^AWS_(PROFILE|SESSION_TOKEN|ENDPOINT_URL_.*|IGNORE_CONFIGURED_ENDPOINT_URLS|DEFAULT_REGION)$/;

/** @param run where they run, with the environment that `environmentOf` gives */
export function deployFunctions(run: Runtime, deploy: Lambda = (_id, handler) => handler) {
  const { webhook, api, copySigningSecret, overflowQueue, reconcile, preToken, preSignUp, steps } =
    handlersOf(run);
  const stepsByArn = Object.fromEntries(
    Object.values(
      mapSteps(({ handler }, state) => [STEP_FUNCTION_ARNS[state], deploy(handler, steps[handler])] as const),
    ),
  );
  return {
    webhook: deploy("webhook", webhook.handler),
    api: deploy("api", api.handler),
    copySigningSecret: deploy("copySigningSecret", copySigningSecret.handler),
    overflowQueue: deploy("overflowQueue", overflowQueue.handler),
    reconcile: deploy("reconcile", reconcile.handler),
    preToken: deploy("preToken", preToken.handler),
    preSignUp: deploy("preSignUp", preSignUp.handler),
    stepsByArn,
  };
}

/** What no other program minds, and what all that count or log here are to heed. */
const quiet = (logLevel = "ERROR") => ({
  POWERTOOLS_LOG_LEVEL: process.env["POWERTOOLS_LOG_LEVEL"] ?? logLevel,
  POWERTOOLS_METRICS_DISABLED: "true",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
});

/** @returns all that the functions' environment has: what a person's shell has, and what a deployment sets */
export function environmentOf({
  awsUrl,
  accessKey: { accessKeyId, secretAccessKey },
  clientUrl,
  stripeApiBase,
  checkout,
  stepFunctionsUrl,
  logLevel,
}: FunctionEnvironment): Record<string, string> {
  return {
    ...inherited(),
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: awsUrl,
    ...(stepFunctionsUrl && { AWS_ENDPOINT_URL_SFN: stepFunctionsUrl }),
    EDUCATION_TABLE_NAME: TABLE_NAME,
    STATE_MACHINE_ARN: LIVE_ARN,
    OVERFLOW_QUEUE_URL: queueUrl(awsUrl, OVERFLOW_QUEUE_NAME),
    STRIPE_SECRET_ID,
    SIGNING_SECRET_ID,
    DEPLOYMENT_NAME,
    ...(stripeApiBase && { STRIPE_API_BASE: stripeApiBase }),
    CLIENT_URL: clientUrl,
    ...withoutGaps(checkout),
    ...quiet(logLevel),
  };
}

function inherited(): Record<string, string> {
  const isForeign = (name: string) =>
    FOREIGN_VARIABLES.test(name) || name === "STRIPE_API_BASE" || name in checkoutSettings;
  return Object.fromEntries(Object.entries(withoutGaps(process.env)).filter(([name]) => !isForeign(name)));
}

const withoutGaps = (settings: Record<string, string | undefined> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** For what runs in this process, which then holds one stack at most: handlers' parts read their environment when they are loaded. */
export function takeEnvironment(environment: Record<string, string>): void {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
}
