/** The executions console: a page and its API on this machine, speaking AWS's own API to wherever it is pointed. */
import { createServer } from "node:http";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { DescribeStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import express, { type ErrorRequestHandler, type Express } from "express";
import { type AwsConnection, awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { closeServer, isLoopbackHost, listenOnLoopback } from "#infra/one-machine/loopback.ts";
import { startAlarmWatch } from "../alarms/alarm-watch.ts";
import { createMeasurements } from "../alarms/measure.ts";
import { createDeadLetterReader } from "../records/dead-letters.ts";
import { createExecutionReader } from "../records/executions.ts";
import { createStripeDeliveries } from "../records/stripe-deliveries.ts";
import { createAwsFaults } from "./aws-faults.ts";
import { createConsoleRoutes } from "./routes.ts";

export const CONSOLE_DIRECTORY = fileURLToPath(new URL("../../../dist/console", import.meta.url));

/** What one machine has and AWS keeps elsewhere. */
export interface LocalParts {
  /** The AWS endpoint, whose faults can be switched. */
  awsUrl: string;
  overflowQueueUrl: string;
  /** Where a stand-in plays Stripe; undefined: Stripe itself. */
  stripeUrl?: string | undefined;
  /** See AlarmWatchOptions. */
  alarmsTimesFaster?: number;
}

export interface ConsoleOptions {
  /** 0: any free port. */
  port: number;
  aws: AwsConnection;
  stateMachineArn: string;
  /** False: everything can be looked at and nothing changed. */
  mayRedrive: boolean;
  local?: LocalParts | undefined;
}

export interface RunningConsole {
  /** `http://localhost:<port>` */
  url: string;
  close(): Promise<void>;
}

/** @throws the SDK's error when the state machine cannot be described, or `EADDRINUSE` */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const { aws, stateMachineArn, mayRedrive, local } = options;
  const config = awsClientConfig(aws);
  const sfn = new SFNClient(config);
  const sqs = new SQSClient(config);
  const { definition = "{}" } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const deadLetterQueueUrl = findQueueUrl(definition);
  const executions = createExecutionReader(sfn, stateMachineArn);
  const deliveries = local?.stripeUrl ? createStripeDeliveries(local.stripeUrl) : undefined;
  const listDeliveries = deliveries && (async () => (await deliveries.listDeliveries()).deliveries);
  const alarms =
    local &&
    startAlarmWatch({
      measure: createMeasurements({
        sfn,
        sqs,
        stateMachineArn,
        deadLetterQueueUrl,
        ...local,
        listDeliveries,
      }),
      ...(local.alarmsTimesFaster && { timesFaster: local.alarmsTimesFaster }),
    });
  const routes = createConsoleRoutes({
    stateMachineArn,
    region: aws.region,
    mayRedrive,
    executions,
    deadLetters: deadLetterQueueUrl ? createDeadLetterReader(sqs, deadLetterQueueUrl, executions) : undefined,
    alarms,
    deliveries,
    awsFaults: local && createAwsFaults(local.awsUrl),
  });

  const server = createServer(createSite(routes));
  const closeParts = async () => {
    await alarms?.close();
    sfn.destroy();
    sqs.destroy();
  };
  try {
    const port = await listenOnLoopback(server, options.port);
    return {
      url: `http://localhost:${port}`,
      async close() {
        await closeServer(server);
        await closeParts();
      },
    };
  } catch (error) {
    await closeParts();
    throw error;
  }
}

/** The state machine itself says where it sends what it gives up. */
function findQueueUrl(definition: string): string | undefined {
  const { States = {} } = JSON.parse(definition) as {
    States?: Record<string, { Parameters?: { QueueUrl?: string } }>;
  };
  return Object.values(States).find(({ Parameters }) => Parameters?.QueueUrl)?.Parameters?.QueueUrl;
}

/** The definition's own words run nowhere: scripts and styles come from this server only. */
const POLICY =
  "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

function createSite(routes: express.Router): Express {
  const site = express().disable("x-powered-by");
  site.use((request, response, next) => {
    if (!isLoopbackHost(request.headers.host)) {
      response.status(421).type("text").send("This server only answers to localhost.");
      return;
    }
    response.set({
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    next();
  });
  site.use("/api", routes);
  const assets = join(CONSOLE_DIRECTORY, "assets") + sep;
  site.use(
    express.static(CONSOLE_DIRECTORY, {
      index: false,
      setHeaders: (response, path) => {
        response.setHeader(
          "cache-control",
          path.startsWith(assets) ? "public, max-age=31536000, immutable" : "no-cache",
        );
      },
    }),
  );
  site.get("/{*page}", (_request, response, next) => {
    response.set("cache-control", "no-cache");
    response.sendFile("index.html", { root: CONSOLE_DIRECTORY }, (error) => {
      if (error) next(new Error("The console's page is not built yet.", { cause: error }));
    });
  });
  site.use(answerError);
  return site;
}

const answerError: ErrorRequestHandler = (error: Error, _request, response, _next) => {
  if (!response.headersSent) response.status(500).type("text").send(error.message);
};
