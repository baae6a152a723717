/** What the parts of the one-machine deployment are called: production's names, in an account of its own. */
import { executionArnOf, liveArnOf } from "#handlers/adapters/step-functions/names.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";

export const REGION = "us-east-1";
export const ACCOUNT = "000000000000";

export const NAMES = nameParts(PRODUCTION);
export const {
  deployment: DEPLOYMENT_NAME,
  stateMachine: STATE_MACHINE_NAME,
  overflowQueue: OVERFLOW_QUEUE_NAME,
  deadLetterQueue: DEAD_LETTER_QUEUE_NAME,
  table: TABLE_NAME,
  stripeSecret: STRIPE_SECRET_ID,
  signingSecret: SIGNING_SECRET_ID,
} = NAMES;
export const OIDC_CLIENT_ID = "bursar-client";

/** @param resource as the service writes it, e.g. `stateMachine:bursar-enrollment` */
export const arnOf = (service: string, resource: string) =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

export const stateMachineArn = (name: string) => arnOf("states", `stateMachine:${name}`);
export const functionArn = (name: string) => arnOf("lambda", `function:${name}`);
export const queueArn = (name: string) => arnOf("sqs", name);

export const STATE_MACHINE_ARN = stateMachineArn(STATE_MACHINE_NAME);
/** By which executions are started. */
export const LIVE_ARN = liveArnOf(STATE_MACHINE_ARN);
export const executionArn = (name: string) => executionArnOf(STATE_MACHINE_ARN, name);

/** @param awsUrl the AWS endpoint, e.g. `http://localhost:4566` */
export const queueUrl = (awsUrl: string, queueName: string) => `${awsUrl}/${ACCOUNT}/${queueName}`;
