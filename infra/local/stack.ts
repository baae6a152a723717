/** The whole of Bursar on one machine: every part started in order, and stopped in the reverse one. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type ClientConfig, ROUTES } from "#workflow/contract.ts";
import { buildClient } from "../deployment/build-client.ts";
import { contentSecurityPolicy } from "../deployment/content-security-policy.ts";
import { buildConsole } from "../operate/console/build-client.ts";
import { startConsole } from "../operate/console/start-console.ts";
import { startAwsEndpoint } from "./aws/endpoint.ts";
import { startQueueConsumer } from "./aws/queue-consumer.ts";
import { readDefinition } from "./definition.ts";
import { loadFunctions } from "./deployed-functions.ts";
import { startHttpApi } from "./http-api/start-http-api.ts";
import {
  DEAD_LETTER_QUEUE_NAME,
  OIDC_CLIENT_ID,
  OVERFLOW_QUEUE_NAME,
  queueArn,
  queueUrl,
  REGION,
  STATE_MACHINE_ARN,
  STATE_MACHINE_NAME,
  STRIPE_SECRET_ID,
} from "./names.ts";
import { requireFreePorts } from "./ports.ts";
import { startSchedule } from "./schedule.ts";
import { seedTable } from "./seed.ts";
import { SEEDED_STUDENTS } from "./seeded-students.ts";
import type { LocalSettings } from "./settings.ts";
import { startIssuer } from "./sign-in/start-issuer.ts";
import { startStripeStandIn } from "./stripe/stand-in.ts";

const CLIENT_DIRECTORY = fileURLToPath(new URL("../../dist/client", import.meta.url));

export interface StackOptions extends LocalSettings {
  /** False for runs without a browser, which then need not wait for the client's build. */
  withClient: boolean;
  /** How the functions reach Step Functions, when there is something between. */
  stepFunctionsUrl?: string;
  /** Given the state machine's definition as text; what it returns runs instead. */
  alterDefinition?: (definition: string) => string;
}

const HOUR_MS = 60 * 60 * 1000;

export interface LocalStack {
  clientUrl: string;
  awsUrl: string;
  /** Where the stand-in is; undefined when Stripe itself is used. */
  stripeUrl: string | undefined;
  issuerUrl: string;
  /** The executions console; undefined for runs without a browser. */
  consoleUrl: string | undefined;
  /** How many executions went on from where an earlier run had left them. */
  resumedExecutions: number;
  /** Stops what runs; executions under way stay where they are and go on at the next start. */
  close(): Promise<void>;
}

/**
 * @param announce told what is being started, in words for people
 * @throws LocalSetupError, or an Error whose message is one sentence, when the person can put it right
 */
export async function startStack(
  options: StackOptions,
  announce: (step: string) => void,
): Promise<LocalStack> {
  const started: { close(): Promise<void> | void }[] = [];
  const close = async () => {
    for (const part of started.splice(0).reverse()) await part.close();
  };
  try {
    return { ...(await startParts(options, announce, started)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(
  {
    ports,
    dataDir,
    stripe,
    withClient,
    stepFunctionsUrl,
    alterDefinition = (definition) => definition,
  }: StackOptions,
  announce: (step: string) => void,
  started: { close(): Promise<void> | void }[],
): Promise<Omit<LocalStack, "close">> {
  const running = async <Part extends { close(): Promise<void> | void }>(
    part: Part | Promise<Part>,
  ): Promise<Part> => {
    const awaited = await part;
    started.push(awaited);
    return awaited;
  };
  const awsUrl = `http://localhost:${ports.aws}`;
  const clientUrl = `http://localhost:${ports.http}`;
  const stripeUrl = stripe.standIn ? `http://localhost:${ports.stripe}` : undefined;

  announce("Checking ports");
  await requireFreePorts(ports, [
    ...(["http", "aws", "signIn"] as const),
    ...(stripe.standIn ? (["stripe"] as const) : []),
    ...(withClient ? (["console"] as const) : []),
  ]);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });

  announce("Loading the Lambda handlers");
  const functions = await loadFunctions({
    awsUrl,
    clientUrl,
    stripeApiBase: stripeUrl,
    stepFunctionsUrl,
  });

  announce(`AWS on ${awsUrl}: Step Functions, DynamoDB, SQS, Secrets Manager`);
  const aws = await running(
    startAwsEndpoint({
      port: ports.aws,
      dataDir: path.join(dataDir, "aws"),
      stateMachine: { name: STATE_MACHINE_NAME, definition: alterDefinition(await readDefinition(awsUrl)) },
      invokeFunction: async (arn, payload) => {
        const step = functions.stepsByArn[arn];
        if (!step) throw new Error(`no function is deployed as ${arn}`);
        return step(payload);
      },
      secrets: {
        [STRIPE_SECRET_ID]: {
          STRIPE_SECRET_KEY: stripe.secretKey,
          STRIPE_PUBLISHABLE_KEY: stripe.publishableKey,
          STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
        },
      },
      queues: [
        { name: DEAD_LETTER_QUEUE_NAME, attributes: { MessageRetentionPeriod: "1209600" } },
        {
          name: OVERFLOW_QUEUE_NAME,
          attributes: {
            MessageRetentionPeriod: "1209600",
            RedrivePolicy: JSON.stringify({
              deadLetterTargetArn: queueArn(DEAD_LETTER_QUEUE_NAME),
              maxReceiveCount: 20,
            }),
          },
        },
      ],
    }),
  );

  announce("Table and courses");
  await seedTable(awsUrl);

  if (stripeUrl) {
    announce(`Stripe's stand-in on ${stripeUrl}`);
    await running(
      startStripeStandIn({
        port: ports.stripe,
        dataDir: path.join(dataDir, "stripe"),
        secretKey: stripe.secretKey,
        publishableKey: stripe.publishableKey,
        webhook: { url: `${clientUrl}/api/webhooks/stripe`, secret: stripe.webhookSecret },
      }),
    );
  }

  announce("Sign-in");
  const issuer = await running(
    startIssuer({
      port: ports.signIn,
      dataDir: path.join(dataDir, "sign-in"),
      students: SEEDED_STUDENTS,
      clientId: OIDC_CLIENT_ID,
      clientOrigins: [clientUrl],
    }),
  );

  if (withClient) {
    announce("Building the client and the console");
    await Promise.all([buildClient(CLIENT_DIRECTORY), buildConsole()]);
  }

  announce(`Client and API on ${clientUrl}`);
  const config: ClientConfig = {
    oidcIssuer: issuer.url,
    oidcClientId: OIDC_CLIENT_ID,
    oidcScope: "openid email profile",
    stripePublishableKey: stripe.publishableKey,
  };
  await running(
    startHttpApi({
      port: ports.http,
      routes: ROUTES,
      handlers: { api: functions.api, webhook: functions.webhook },
      jwt: { issuer: issuer.url, audience: OIDC_CLIENT_ID, jwksUrl: issuer.jwksUrl },
      client: {
        directory: CLIENT_DIRECTORY,
        config,
        headScripts: stripeUrl ? [`${stripeUrl}/v3/stripe.js`] : [],
        contentSecurityPolicy: contentSecurityPolicy({
          issuer: [issuer.url],
          ...(stripeUrl && { stripe: [stripeUrl] }),
        }),
      },
    }),
  );

  announce("Picking up what an earlier run left");
  const resumedExecutions = await aws.resumeExecutions();
  await running(
    startQueueConsumer({
      endpointUrl: awsUrl,
      queueUrl: queueUrl(awsUrl, OVERFLOW_QUEUE_NAME),
      batchSize: 10,
      handler: functions.overflowQueue,
    }),
  );
  await running(startSchedule(HOUR_MS, functions.reconcile));

  let consoleUrl: string | undefined;
  if (withClient) {
    announce("Executions console");
    const console = await running(
      startConsole({
        port: ports.console,
        aws: { region: REGION, endpointUrl: awsUrl },
        stateMachineArn: STATE_MACHINE_ARN,
        mayRedrive: true,
        local: { awsUrl, stripeUrl, overflowQueueUrl: queueUrl(awsUrl, OVERFLOW_QUEUE_NAME) },
      }),
    );
    consoleUrl = console.url;
  }
  return { clientUrl, awsUrl, stripeUrl, issuerUrl: issuer.url, consoleUrl, resumedExecutions };
}
