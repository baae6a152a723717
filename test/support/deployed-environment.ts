/** What the stacks set for a function, with the values of a running stack. */
import { OVERFLOW_QUEUE_NAME, queueUrl } from "#infra/local/names.ts";
import { credentialsOf } from "./run-npm-command.ts";
import type { RunningStack } from "./running-stack.ts";

export function deployedEnvironment({
  awsUrl,
  stripeUrl,
  clientUrl,
  accessKey,
}: RunningStack): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: "us-east-1",
    ...credentialsOf(accessKey),
    EDUCATION_TABLE_NAME: "bursar-education",
    STATE_MACHINE_ARN: "arn:aws:states:us-east-1:000000000000:stateMachine:bursar-enrollment",
    OVERFLOW_QUEUE_URL: queueUrl(awsUrl, OVERFLOW_QUEUE_NAME),
    STRIPE_SECRET_ID: "learnermax/stripe",
    SIGNING_SECRET_ID: "learnermax/signing-secret",
    DEPLOYMENT_NAME: "bursar",
    STRIPE_API_BASE: stripeUrl,
    CLIENT_URL: clientUrl,
    POWERTOOLS_SERVICE_NAME: "bursar",
  };
}
