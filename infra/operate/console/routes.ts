/** The console's API. Every answer is JSON; what went wrong is `{ error }`, one sentence. */
import type { ExecutionStatus } from "@aws-sdk/client-sfn";
import express, { type ErrorRequestHandler, Router } from "express";
import * as z from "zod";
import type { AlarmWatch } from "../alarms/alarm-watch.ts";
import type { DeadLetterReader } from "../records/dead-letters.ts";
import type { ExecutionReader } from "../records/executions.ts";
import type { StripeDeliveries } from "../records/stripe-deliveries.ts";
import { type AwsFaults, faultSchema } from "./aws-faults.ts";
import type { About } from "./contract.ts";

export interface ConsoleParts {
  stateMachineArn: string;
  region: string;
  mayRedrive: boolean;
  executions: ExecutionReader;
  deadLetters: DeadLetterReader | undefined;
  alarms: AlarmWatch | undefined;
  deliveries: StripeDeliveries | undefined;
  awsFaults: AwsFaults | undefined;
}

/** Refused requests; the message is for the person who asked. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const STATUSES = [
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
  "TIMED_OUT",
  "ABORTED",
  "PENDING_REDRIVE",
] as const satisfies ExecutionStatus[];

const listQuerySchema = z.object({
  status: z.enum(STATUSES).optional(),
  text: z.string().max(80).optional(),
  nextToken: z.string().max(4_096).optional(),
});

export function createConsoleRoutes(parts: ConsoleParts): Router {
  const router = Router();
  router.use((request, _response, next) => {
    // A page elsewhere can post here, but not with a header of its own.
    const isForged = request.method !== "GET" && !request.headers["x-bursar-console"];
    next(isForged ? new Refusal(403, "This request did not come from the console's own page.") : undefined);
  });
  router.use(express.json({ limit: "16kb" }));
  router.use((_request, response, next) => {
    response.set("cache-control", "no-store");
    next();
  });

  router.get("/about", (_request, response) => {
    response.json(describeConsole(parts));
  });
  addExecutionRoutes(router, parts);
  addDeadLetterRoutes(router, parts);
  addLocalRoutes(router, parts);
  router.use((_request, _response, next) => next(new Refusal(404, "There is nothing here.")));
  router.use(answerError);
  return router;
}

function describeConsole({ stateMachineArn, region, mayRedrive, ...parts }: ConsoleParts): About {
  const has = {
    deadLetters: Boolean(parts.deadLetters),
    alarms: Boolean(parts.alarms),
    deliveries: Boolean(parts.deliveries),
    faults: Boolean(parts.awsFaults ?? parts.deliveries),
  };
  return {
    stateMachineName: stateMachineArn.split(":").at(-1) ?? "",
    stateMachineArn,
    region,
    mayRedrive,
    has,
  };
}

function addExecutionRoutes(router: Router, { executions, mayRedrive }: ConsoleParts): void {
  router.get("/executions", async (request, response) => {
    response.json(await executions.listExecutions(readAs(listQuerySchema, request.query)));
  });

  router.get("/executions/:name", async (request, response) => {
    const { name } = request.params;
    const execution = await executions.findExecution(name);
    if (!execution) throw new Refusal(404, `There is no execution named ${name}.`);
    response.json(execution);
  });

  router.post("/executions/:name/redrive", async (request, response) => {
    requirePermission(mayRedrive);
    await executions.redriveExecution(request.params.name);
    response.json({});
  });

  router.post("/executions/:name/stop", async (request, response) => {
    requirePermission(mayRedrive);
    await executions.stopExecution(request.params.name);
    response.json({});
  });
}

function addDeadLetterRoutes(router: Router, { deadLetters, executions, mayRedrive }: ConsoleParts): void {
  if (!deadLetters) return;

  router.get("/dead-letters", async (_request, response) => {
    response.json(await deadLetters.listDeadLetters());
  });

  /** A letter is the only sign of a purchase that failed, so it stays until its execution has succeeded. */
  router.post("/dead-letters/:messageId/delete", async (request, response) => {
    requirePermission(mayRedrive);
    const { executionName } = readAs(z.object({ executionName: z.string() }), request.body);
    if ((await executions.findStatus(executionName)) !== "SUCCEEDED")
      throw new Refusal(409, "The execution has not succeeded yet; until then its dead letter stays.");
    const { deadLetters: letters } = await deadLetters.listDeadLetters();
    const letter = letters.find(({ messageId }) => messageId === request.params.messageId);
    if (letter?.executionName !== executionName || !(await deadLetters.deleteDeadLetter(letter.messageId)))
      throw new Refusal(404, "That dead letter is no longer in the queue.");
    response.json({});
  });
}

function addLocalRoutes(router: Router, { alarms, deliveries, awsFaults }: ConsoleParts): void {
  if (alarms) {
    router.get("/alarms", (_request, response) => {
      response.json({ alarms: alarms.listAlarms() });
    });
  }
  if (deliveries) {
    router.get("/deliveries", async (request, response) => {
      const { after } = readAs(z.object({ after: z.string().optional() }), request.query);
      response.json(await deliveries.listDeliveries(after));
    });
    router.post("/deliveries/:eventId/resend", async (request, response) => {
      await deliveries.resend(request.params.eventId);
      response.json({});
    });
  }
  router.get("/faults", async (_request, response) => {
    response.json({ aws: await awsFaults?.readFaults(), stripe: await deliveries?.readKnobs() });
  });
  router.post("/faults", async (request, response) => {
    const wanted = readAs(faultsSchema, request.body);
    if (wanted.aws) await awsFaults?.setFaults(wanted.aws);
    if (wanted.stripe) await deliveries?.turnKnobs(wanted.stripe);
    response.json({ aws: await awsFaults?.readFaults(), stripe: await deliveries?.readKnobs() });
  });
}

const faultsSchema = z.object({
  aws: z.array(faultSchema).optional(),
  stripe: z
    .object({
      paused: z.boolean(),
      dropDeliveries: z.boolean(),
      duplicates: z.int().min(0).max(100),
      delayMs: z.int().min(0),
      apiDelayMs: z.int().min(0),
      failApi: z.object({ status: z.int(), count: z.int().optional() }).nullable(),
    })
    .partial()
    .optional(),
});

function requirePermission(mayRedrive: boolean): void {
  if (!mayRedrive)
    throw new Refusal(403, "This console is read-only. Start it with --allow-redrive to repair.");
}

function readAs<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Refusal(400, `${issue?.path.join(".") ?? "The request"}: ${issue?.message ?? "cannot be read"}.`);
}

const answerError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const status = error instanceof Refusal ? error.status : 502;
  response.status(status).json({ error: error instanceof Error ? describe(error) : "Something went wrong." });
};

function describe(error: Error): string {
  if (error instanceof Refusal) return error.message;
  return error.message ? `${error.name}: ${error.message}` : error.name;
}
