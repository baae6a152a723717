/** What the parts of the one-machine deployment are called; the same kinds of names that AWS gives. */

export const REGION = "us-east-1";
export const ACCOUNT = "000000000000";

export const STATE_MACHINE_NAME = "bursar-enrollment";
export const STATE_MACHINE_ARN = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${STATE_MACHINE_NAME}`;
export const OVERFLOW_QUEUE_NAME = "bursar-webhook-queue";
export const DEAD_LETTER_QUEUE_NAME = "bursar-dead-letter-queue";
export const TABLE_NAME = "bursar-education";
export const STRIPE_SECRET_ID = "learnermax/stripe";
export const OIDC_CLIENT_ID = "bursar-client";

/** @param awsUrl the AWS endpoint, e.g. `http://localhost:4566` */
export const queueUrl = (awsUrl: string, queueName: string) => `${awsUrl}/${ACCOUNT}/${queueName}`;

export const functionArn = (functionName: string) =>
  `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${functionName}`;

export const queueArn = (queueName: string) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${queueName}`;
