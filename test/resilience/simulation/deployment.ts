/** The shipped handlers, deployed on the models: each run of one is a process of its own. */
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSEvent } from "aws-lambda";
import { joinReads } from "#handlers/adapters/dynamodb/join-reads.ts";
import { createLimitStore } from "#handlers/adapters/dynamodb/limits.ts";
import { createSigningSecretReader } from "#handlers/adapters/secrets-manager/signing-secret.ts";
import { checkoutOptionsOf } from "#handlers/checkout-options.ts";
import { OVERFLOW_CONSUMER } from "#infra/deployment/queues.ts";
import { claimsOf, gatewayEvent, webhookEvent } from "#test/support/gateway-events.ts";
import { sign } from "#test/support/stripe-events.ts";
import { type ApiRequest, DEPLOYMENT_NAME, type DeliveryAtStripe } from "../check/final-stores.ts";
import type { Json } from "../states/definition.ts";
import { TaskFailure } from "../states/run-states.ts";
import type { Parts } from "./parts.ts";
import { LIMITLESS, type Platform } from "./platform.ts";
import { createProcesses, type Process, type Scheduler } from "./process.ts";
import { createQueuesModel, type Message, OVERFLOW_QUEUE } from "./queues.ts";
import type { Random } from "./random.ts";
import { createStepFunctionsModel } from "./step-functions.ts";
import { createStripeModel, type StripeEvent } from "./stripe.ts";
import { openSimulatedStripe } from "./stripe-client.ts";
import { createTableModel, openSimulatedTable } from "./table.ts";

const CLIENT_URL = "https://courses.example.com";
const SIGNING_SECRET = "whsec_simulation";
const SECRETS = JSON.stringify({
  STRIPE_MODE: "test",
  STRIPE_WEBHOOK_SECRET: [SIGNING_SECRET],
});
/** Stripe waits for an answer no longer than this. */
const STRIPE_PATIENCE_MS = 20_000;

export type Deployment = ReturnType<typeof deploy>;
export type Ports = ReturnType<Deployment["portsFor"]>;

/**
 * @param keptFailures of the requests for a session: those that Stripe answers 500
 * @param platform what AWS limits and how it runs functions
 */
export function deploy(
  parts: Parts,
  scheduler: Scheduler,
  random: Random,
  keptFailures: number,
  onStripeEvent: (event: StripeEvent) => void,
  platform: Platform = LIMITLESS,
) {
  const { agenda } = scheduler;
  const now = () => new Date(agenda.now());
  const processes = createProcesses(scheduler);
  const requests: ApiRequest[] = [];
  const emails = new Map<string, string>();
  const table = createTableModel(agenda, random, platform.table);
  const stripe = createStripeModel(agenda, random, keptFailures, onStripeEvent, platform.idTail);
  const queues = createQueuesModel(agenda, random, (delayMs) => onVisible(delayMs));
  const states = createStepFunctionsModel(agenda, random, parts.definition, performTask, platform.enterState);
  const run = platform.createFunctions(processes, portsOf);
  const onVisible = platform.createOverflowSource({ agenda, receive, consume });

  /** Everything that a handler may be given; each takes of it what it asks for. */
  function portsFor(process: Process, openTable = openSimulatedTable) {
    const send = (service: "states" | "sqs", model: { handle(command: unknown): unknown }) => ({
      send: (command: object) => process.call(service, command.constructor.name, () => model.handle(command)),
    });
    // The SDK's own paging asks whether it was given such a client.
    const sfn = Object.assign(Object.create(SFNClient.prototype) as SFNClient, send("states", states));
    const sqs = send("sqs", queues) as unknown as SQSClient;
    const readSecret = () => process.call("secrets", "GetSecretValue", () => ({ SecretString: SECRETS }));
    const secrets = createSigningSecretReader("signing-secret", {
      send: readSecret,
    } as unknown as SecretsManagerClient);
    const openedTable = openTable(table, process);
    const stores = parts.createStores(openedTable);
    const openStripe = async () => openSimulatedStripe(stripe, process);
    return {
      ...stores,
      executions: parts.createExecutions(sfn),
      overflow: parts.createOverflowQueue(sqs),
      queue: parts.createDeadLetterQueue(sqs),
      limits: platform.countsRequests ? createLimitStore(openedTable) : { countRequest: async () => true },
      events: parts.createEventReader(secrets, DEPLOYMENT_NAME),
      payments: {
        ...parts.createPayments(openStripe, {
          clientUrl: CLIENT_URL,
          deploymentName: DEPLOYMENT_NAME,
          options: checkoutOptionsOf({}),
        }),
        // Its own pauses differ by chance, and a seed is to decide everything.
        ...parts.createPaymentRecords(openStripe, DEPLOYMENT_NAME, () => process.pause(1_000)),
      },
      // Only asked for by whoever opens a page.
      readShell: async () => "",
      clientUrl: CLIENT_URL,
      pause: process.pause,
      now,
    };
  }

  /** Steps ask the table as they do on AWS: what is asked for at once is one request. */
  function portsOf(functionName: string, process: Process) {
    return STEP.test(functionName)
      ? portsFor(process, (model, caller) => joinReads(openSimulatedTable(model, caller)))
      : portsFor(process);
  }

  function startStep(functionName: string, payload: Json) {
    const make = (ports: Ports) => {
      const steps: Record<string, (input: unknown) => Promise<unknown>> = parts.createSteps(ports);
      const step = steps[stepNameOf(functionName)];
      if (!step) throw new Error(`No step is exported for ${functionName}.`);
      return async (input: Json) => ((await step(structuredClone(input))) ?? null) as Json;
    };
    return run(functionName, make, payload);
  }

  async function performTask(
    resource: string,
    parameters: Json,
    timeoutSeconds: number | undefined,
  ): Promise<Json> {
    if (resource.endsWith(":lambda:invoke")) return invokeFunction(parameters as never, timeoutSeconds);
    const { QueueUrl, MessageBody } = parameters as { QueueUrl: string; MessageBody: Json };
    const body = typeof MessageBody === "string" ? MessageBody : JSON.stringify(MessageBody);
    const send = (process: Process) => process.call("sqs", "send letter", () => queues.send(QueueUrl, body));
    const end = await processes.start("step-functions", send, { mortal: false });
    if (end.kind === "returned") return end.value;
    throw new TaskFailure("SQS.SdkClientException", "The message could not be sent.");
  }

  async function invokeFunction(
    { FunctionName, Payload }: { FunctionName: string; Payload: Json },
    timeoutSeconds = 900,
  ): Promise<Json> {
    const invoke = (process: Process) =>
      process.call("lambda", FunctionName, () => ({ ended: startStep(FunctionName, Payload) }));
    const invoked = await processes.start("step-functions", invoke, { mortal: false });
    if (invoked.kind !== "returned") throw toTaskFailure(invoked);
    const end = await Promise.race([invoked.value.ended, scheduler.patience(timeoutSeconds * 1000)]);
    if (end === "gave up") throw new TaskFailure("States.Timeout", "");
    if (end.kind !== "returned") throw toTaskFailure(end);
    return { ExecutedVersion: "$LATEST", Payload: end.value, StatusCode: 200 };
  }

  function receive(): Message[] {
    return queues.receive(OVERFLOW_QUEUE, OVERFLOW_CONSUMER.batchSize);
  }

  async function consume(messages: Message[]): Promise<void> {
    const make = (ports: Ports) => {
      const consumer = parts.createOverflowQueueConsumer(ports);
      return (event: SQSEvent) => consumer(event);
    };
    const end = await run("overflow-queue", make, toSqsEvent(messages));
    if (end.kind !== "returned") return;
    const failed = new Set(end.value.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { messageId } of messages)
      if (!failed.has(messageId)) queues.remove(OVERFLOW_QUEUE, messageId);
  }

  return {
    agenda,
    parts,
    processes,
    table,
    stripe,
    queues,
    states,
    portsFor,
    requests,
    /** What a student's token says; as their address unless it was changed. */
    emails,

    /** @returns what Stripe hears, and when */
    async deliverWebhook(
      event: StripeEvent,
    ): Promise<Pick<DeliveryAtStripe, "status" | "answeredAt"> | undefined> {
      const body = JSON.stringify(event);
      const signature = sign(body, SIGNING_SECRET, Math.floor(agenda.now() / 1000));
      const handled = run("webhook", parts.createWebhook, webhookEvent(body, signature));
      const end = await Promise.race([handled, scheduler.patience(STRIPE_PATIENCE_MS)]);
      if (end === "gave up" || end.kind !== "returned") return undefined;
      return { status: end.value.statusCode, answeredAt: agenda.now() };
    },

    /** @returns what the student's browser hears; undefined when the connection broke */
    async callApi(method: "GET" | "POST", path: string, userId: string, body?: Record<string, string>) {
      const email = emails.get(userId) ?? `${userId}@example.com`;
      const asked: ApiRequest = { method, path, userId, email, ...body, askedAt: agenda.now() };
      requests.push(asked);
      const request = gatewayEvent({
        method,
        path,
        claims: claimsOf(userId, { name: userId, email }),
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const make = (ports: Ports) => {
        const api = parts.createApi(ports);
        return (event: typeof request) => api(event, {} as Context);
      };
      const end = await run("api", make, request);
      if (end.kind !== "returned") return undefined;
      const answer = JSON.parse(end.value.body ?? "null") as { checkoutSessionId?: string };
      const status = end.value.statusCode ?? 0;
      Object.assign(asked, { answeredAt: agenda.now(), status });
      if (status === 201) asked.checkoutSessionId = answer.checkoutSessionId;
      return { status, body: answer };
    },
  };
}

const STEP = /^\$\{(\w+)FunctionArn\}$/;

/** `${ValidateSessionFunctionArn}` is answered by the export `validateSession`. */
function stepNameOf(functionName: string): string {
  const name = STEP.exec(functionName)?.[1] ?? functionName;
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function toTaskFailure(end: { kind: "threw"; error: unknown } | { kind: "stopped" }): TaskFailure {
  if (end.kind === "stopped") return new TaskFailure("Runtime.ExitError", "The function's process ended.");
  const { name, message } = end.error instanceof Error ? end.error : new Error(String(end.error));
  return new TaskFailure(name, JSON.stringify({ errorType: name, errorMessage: message, trace: [] }));
}

function toSqsEvent(messages: Message[]): SQSEvent {
  const Records = messages.map(({ messageId, body, receiveCount }) => ({
    messageId,
    body,
    receiptHandle: messageId,
    attributes: { ApproximateReceiveCount: String(receiveCount) },
  }));
  return { Records } as SQSEvent;
}
