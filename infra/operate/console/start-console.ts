/** The executions console: a page and its API on this machine, speaking AWS's own API to wherever it is pointed. */
import { createServer } from "node:http";
import type { Definition } from "#handlers/adapters/step-functions/execution.ts";
import { createExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import { createAllowance, createPacedClient } from "#handlers/adapters/step-functions/pace.ts";
import { findLiveArn, readDefinition } from "#handlers/adapters/step-functions/state-machine.ts";
import { nameParts, stageOfStateMachine } from "#infra/deployment/names.ts";
import { type AwsConnection, awsClientConfig, isOnThisMachine } from "#infra/one-machine/aws-connection.ts";
import { closeServer, listenOnLoopback } from "#infra/one-machine/loopback.ts";
import { openLedger } from "../acts/open-ledger.ts";
import { type MeasuredDeployment, startAlarmWatch } from "../alarms/alarm-watch.ts";
import { openSources } from "../dossier/sources.ts";
import { createAwsFaults } from "../records/aws-faults.ts";
import { createLetterReader } from "../records/dead-letters.ts";
import { createStandings } from "../records/standings.ts";
import { createStripeDeliveries } from "../records/stripe-deliveries.ts";
import { createStripeRehearsals } from "../records/stripe-rehearsals.ts";
import { AWS_ALLOWS, createSubjects } from "../records/subjects.ts";
import { createSite } from "./create-site.ts";
import { createPurchaseOpener } from "./open-purchases.ts";
import { createPermission } from "./permission.ts";
import { createPlanRuns, type PlanRuns } from "./plan-runs.ts";
import { type ConsoleParts, createConsoleRoutes } from "./routes.ts";

/** What one machine has and AWS keeps elsewhere. */
export interface LocalServices {
  /** The AWS endpoint, whose faults can be switched. */
  awsUrl: string;
  measured: MeasuredDeployment;
  /** Where a stand-in plays Stripe; undefined: Stripe itself. */
  stripeUrl?: string | undefined;
}

export interface ConsoleOptions {
  /** 0: any free port. */
  port: number;
  aws: AwsConnection;
  stateMachineArn: string;
  /** False: everything can be looked at and nothing changed. */
  mayRedrive: boolean;
  /** Who asks, where that is known otherwise than of AWS or of this machine. */
  askWho?: (() => Promise<string>) | undefined;
  local?: LocalServices | undefined;
  /** The folder of its built page; undefined: there is the API alone. */
  pages?: string | undefined;
  /** Where Stripe is, when it is neither at Stripe nor one of the local services. */
  stripeApiBase?: string | undefined;
}

export interface RunningConsole {
  /** `http://localhost:<port>` */
  url: string;
  /** What whoever opened it may do. */
  permit: ConsoleParts["permit"];
  close(): Promise<void>;
}

/** @throws the SDK's error when the state machine cannot be described, or `EADDRINUSE` */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const runs = createPlanRuns();
  const parts = await openParts(options, runs);
  const server = createServer(createSite(createConsoleRoutes(parts), options.pages));
  try {
    const port = await listenOnLoopback(server, options.port);
    return {
      url: `http://localhost:${port}`,
      permit: parts.permit,
      async close() {
        await closeServer(server);
        await runs.close();
        await parts.alarms?.close();
      },
    };
  } catch (error) {
    await parts.alarms?.close();
    throw error;
  }
}

async function openParts(options: ConsoleOptions, runs: PlanRuns): Promise<ConsoleParts> {
  const { aws, stateMachineArn, mayRedrive, askWho, local, stripeApiBase = local?.stripeUrl } = options;
  const place = awsClientConfig(aws);
  // One for all that the console shows and does, so that all of it keeps within one pace.
  const client = createPacedClient(place);
  const liveArn = await findLiveArn(stateMachineArn, place);
  const deadLetterQueueUrl = findQueueUrl(await readDefinition(liveArn, place));
  // Handlers read their environment when they are loaded, and whoever opens the console has set it by now.
  const { composeDeadLetters } = await import("#handlers/composition.ts");
  const { composePlans } = await import("#handlers/operator-composition.ts");
  const names = nameParts(stageOfStateMachine(stateMachineArn));
  const settings = {
    STATE_MACHINE_ARN: liveArn,
    DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl ?? "",
    EDUCATION_TABLE_NAME: names.table,
  };
  const ports = composeDeadLetters(settings, place, client);
  const plans = { ...composePlans(settings, client, ports.queue, place), isStopping: runs.isStopping };
  const executions = createExecutionLookup(stateMachineArn, client);
  const standings = createStandings(executions);
  const isLocal = isOnThisMachine(aws.endpointUrl);
  const { ledger, store } = openLedger(names.table, "console", aws.endpointUrl, place, askWho);
  const deliveries = local?.stripeUrl ? createStripeDeliveries(local.stripeUrl) : undefined;
  const letters = createLetterReader(ports.queue, standings);
  const { forgetLastLook: forgetLetters } = letters;
  const deadLetters = {
    letters,
    ports,
    standings,
    ledger,
    plans,
    forgetLetters,
    keepRun: runs.keep,
  };
  return {
    stateMachineArn,
    region: aws.region,
    permit: createPermission({
      findCaller: ledger.findCaller,
      mayRedrive,
      deployment: names.deployment,
      region: aws.region,
    }),
    ledger,
    ledgerStore: store,
    executions,
    // What stands in for AWS has no quota.
    subjects: createSubjects(executions, isLocal ? () => true : createAllowance(AWS_ALLOWS)),
    standings,
    failedExecutions: ports.executions,
    openPurchases: createPurchaseOpener({
      names,
      stateMachineArn: liveArn,
      stripeApiBase,
      client,
      letters: ports,
      openSources: () => openSources(names, stripeApiBase, place, client),
    }),
    forgetLetters,
    deadLetters: deadLetterQueueUrl ? deadLetters : undefined,
    alarms: local && startAlarmWatch({ measured: local.measured }),
    deliveries,
    awsFaults: local && createAwsFaults(local.awsUrl),
    rehearse: local?.stripeUrl ? createStripeRehearsals(local.stripeUrl) : undefined,
  };
}

/** The state machine itself says where it sends what it gives up. */
function findQueueUrl({ States }: Definition): string | undefined {
  return Object.values(States).find(({ Parameters }) => Parameters?.QueueUrl)?.Parameters?.QueueUrl;
}
