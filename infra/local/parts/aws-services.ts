/** AWS with the state machine, the queues and the secret of the deployment. */
import path from "node:path";
import { LIVE } from "#handlers/adapters/step-functions/names.ts";
import { type AwsEndpoint, startAwsEndpoint } from "../aws/endpoint.ts";
import { readDefinition } from "../definition.ts";
import type { DeployedFunctions } from "../deployed-functions.ts";
import { describeQueues } from "../deployed-queues.ts";
import { SIGNING_SECRET_ID, STATE_MACHINE_NAME, STRIPE_SECRET_ID } from "../names.ts";
import type { StripeSettings } from "../settings.ts";
import type { StackOptions, StackPlace } from "../stack-options.ts";
import type { Part } from "./part.ts";
import type { Surroundings } from "./surroundings.ts";

export const awsServices = (
  options: StackOptions,
  { awsUrl, accessKey }: StackPlace,
  { stepsByArn, copySigningSecret }: DeployedFunctions,
  { faults, measured, students }: Surroundings,
): Part<AwsEndpoint> => ({
  announcement: `AWS on ${awsUrl}: Step Functions, DynamoDB, SQS, Secrets Manager`,
  async start() {
    const { ports, dataDir, stripe, alterDefinition = (text) => text, overflowVisibilitySeconds } = options;
    return startAwsEndpoint({
      port: ports.aws,
      dataDir: path.join(dataDir, "aws"),
      accessKey,
      stateMachine: {
        name: STATE_MACHINE_NAME,
        definition: alterDefinition(await readDefinition(awsUrl)),
        alias: LIVE,
      },
      async invokeFunction(arn, payload) {
        const step = stepsByArn[arn];
        if (!step) throw new Error(`no function is deployed as ${arn}`);
        return step(payload);
      },
      // As after a deployment: the second is the copy's, whose function has not run yet.
      secrets: { [STRIPE_SECRET_ID]: secretOf(stripe), [SIGNING_SECRET_ID]: {} },
      async onSecretWritten(name) {
        // What goes wrong in it is in its log, and no concern of whoever wrote.
        if (name === STRIPE_SECRET_ID) await copySigningSecret().catch(() => undefined);
      },
      queues: describeQueues(overflowVisibilitySeconds),
      listUsers: () => students.listStudents(),
      faults,
      recordMetric: (metric) => measured.record(metric),
    });
  },
});

const secretOf = ({ secretKey, publishableKey, webhookSecret }: StripeSettings) => ({
  STRIPE_SECRET_KEY: secretKey,
  STRIPE_PUBLISHABLE_KEY: publishableKey,
  STRIPE_WEBHOOK_SECRET: webhookSecret,
});
