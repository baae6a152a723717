/** Plays Stripe on this machine: its API, Stripe.js, the payment form and signed webhooks, with its data on disk. */
import { createServer } from "node:http";
import express from "express";
import {
  closeServer,
  isFromAnotherSite,
  isLoopbackHost,
  listenOnLoopback,
} from "#infra/one-machine/loopback.ts";
import { openDatabase } from "../storage/database.ts";
import { apiRoutes } from "./api/api.ts";
import { sendError } from "./api/send-error.ts";
import { runClockTask } from "./checkout/clock.ts";
import { CLOCK, type ClockTask } from "./checkout/clock-task.ts";
import { NEUTRAL_KNOBS } from "./control/knobs.ts";
import { controlRoutes } from "./control/routes.ts";
import { invalidRequest } from "./errors.ts";
import { formRoutes } from "./form/routes.ts";
import { createId } from "./ids.ts";
import { createState, type State } from "./state.ts";
import { startAgenda } from "./store/agenda.ts";
import { API_VERSION } from "./webhooks/create-event.ts";
import { DELIVERIES, type DeliveryTask, deliver, type Webhook } from "./webhooks/deliver.ts";

interface StripeStandInOptions {
  /** 0 takes any free port. */
  port: number;
  /** Made when it does not exist. */
  dataDir: string;
  /** `sk_test_...` */
  secretKey: string;
  /** `pk_test_...` */
  publishableKey: string;
  /** Where events are delivered, and the `whsec_...` that signs them. Without it events are only recorded. */
  webhook?: Webhook;
  /** Pauses between attempts to deliver an event; the last one is repeated until three days have passed. */
  retryDelaysMs?: number[];
}

export interface StripeStandIn {
  url: string;
  port: number;
  /** Undelivered events are kept and tried again at the next start. */
  close(): Promise<void>;
}

const RETRY_DELAYS_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000];
const DELIVERIES_AT_ONCE = 32;
const CLOCK_TASKS_AT_ONCE = 8;

/** @throws LocalSetupError when the data is damaged or in use, Error in one sentence when the port is taken */
export async function startStripeStandIn(options: StripeStandInOptions): Promise<StripeStandIn> {
  const database = await openDatabase(options.dataDir);
  const { webhook } = options;
  const isAskedFor = (type: string) =>
    webhook !== undefined && (webhook.enabledEvents?.includes(type) ?? true);
  const state = createState(database, { ...NEUTRAL_KNOBS }, isAskedFor);
  try {
    let wake = () => {};
    const server = createServer(await createApp(state, options, () => wake()));
    const port = await listenOnLoopback(server, options.port);
    state.origin = `http://localhost:${port}`;
    const agendas = startAgendas(state, options);
    wake = agendas.wake;
    return {
      url: state.origin,
      port,
      async close() {
        await closeServer(server);
        await agendas.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw explainStartFailure(error, options);
  }
}

function startAgendas(state: State, { webhook, retryDelaysMs = RETRY_DELAYS_MS }: StripeStandInOptions) {
  const { database, knobs } = state;
  const stopping = new AbortController();
  const deliveries = startAgenda<DeliveryTask>({
    database,
    name: DELIVERIES,
    atOnce: DELIVERIES_AT_ONCE,
    isPaused: () => knobs.paused,
    run: (task, done) => deliver(task, done, { state, webhook, retryDelaysMs, stopping: stopping.signal }),
  });
  const clock = startAgenda<ClockTask>({
    database,
    name: CLOCK,
    atOnce: CLOCK_TASKS_AT_ONCE,
    run: (task, done) => runClockTask(task, done, state),
  });
  return {
    wake: deliveries.wake,
    async close() {
      const closed = Promise.all([deliveries.close(), clock.close()]);
      stopping.abort();
      await closed;
    },
  };
}

async function createApp(state: State, options: StripeStandInOptions, onKnobs: () => void) {
  const app = express().disable("x-powered-by").set("query parser", "extended");
  app.use((_request, response, next) => {
    response.setHeader("Request-Id", createId("req"));
    response.setHeader("Stripe-Version", API_VERSION);
    next();
  });
  app.use((request, _response, next) => {
    if (!isLoopbackHost(request.headers.host))
      throw invalidRequest("This server only answers to localhost.", { status: 421 });
    next();
  });
  app.use("/v1", apiRoutes(state, options.secretKey));
  app.use("/_bursar", (request, _response, next) => {
    if (isFromAnotherSite(request.headers))
      throw invalidRequest("This server is not driven by pages of other sites.", { status: 403 });
    next();
  });
  app.use("/_bursar", controlRoutes(state, onKnobs));
  app.use(await formRoutes(state, options.publishableKey));
  app.use((request) => {
    throw invalidRequest(`Nothing is at ${request.method} ${request.path}.`, { status: 404 });
  });
  app.use(sendError);
  return app;
}

function explainStartFailure(error: unknown, { port }: StripeStandInOptions): unknown {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  const taken = `Port ${port} is taken: set STRIPE_PORT to another one, or stop what uses it.`;
  return isTaken ? new Error(taken, { cause: error }) : error;
}
