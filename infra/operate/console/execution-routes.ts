/** `/api/executions`: lists, one with its history, redrive and stop. */
import type { Router } from "express";
import * as z from "zod";
import type { ExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import type { Ledger } from "#workflow/ledger/keep-ledger.ts";
import type { FailedExecutions } from "#workflow/ports/executions.ts";
import { redriveExecution, stopExecution } from "../acts/executions.ts";
import { findRepeat } from "../records/find-repeat.ts";
import { listExecutions, parsePlace } from "../records/list-executions.ts";
import type { ExecutionState, FollowedExecution } from "../records/shapes.ts";
import type { Standings } from "../records/standings.ts";
import type { Subjects } from "../records/subjects.ts";
import { createExecutionWalk } from "../records/walk-executions.ts";
import type { Redriven } from "./contract.ts";
import { Refusal, readAs, sign } from "./refusal.ts";
import { rangeOf, timeRangeSchema } from "./time-range.ts";

export interface ExecutionParts {
  executions: ExecutionLookup;
  subjects: Subjects;
  standings: Standings;
  /** The same as `npm run dead-letters` redrives with. */
  failedExecutions: FailedExecutions;
  ledger: Ledger;
}

const STATUSES = [
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
  "TIMED_OUT",
  "ABORTED",
  "PENDING_REDRIVE",
] as const satisfies ExecutionState[];

const part = z.string().trim().max(128).optional();
const filterSchema = timeRangeSchema.extend({
  status: z.enum(STATUSES).optional(),
  text: part,
  error: part,
  course: part,
  student: part,
  before: z
    .string()
    .regex(/^\d{1,15}\.\d{1,9}$/)
    .transform(parsePlace)
    .optional(),
});

export function addExecutionRoutes(router: Router, parts: ExecutionParts): void {
  const { executions, subjects, failedExecutions, ledger } = parts;

  const sources = { walk: createExecutionWalk(executions), subjects };
  router.get("/executions", async (request, response) => {
    const { before, ...filter } = readAs(filterSchema, request.query);
    response.json(await listExecutions({ ...filter, ...rangeOf(filter) }, before, sources));
  });

  router.get("/executions/:name", async (request, response) => {
    response.json(await findExecution(request.params.name, parts));
  });

  router.post("/executions/:name/redrive", async (request, response) => {
    const signed = sign(ledger, request.body);
    const executionName = await redriveExecution(request.params.name, signed, failedExecutions);
    if (!executionName) throw notThere(request.params.name);
    response.json({ executionName } satisfies Redriven);
  });

  router.post("/executions/:name/stop", async (request, response) => {
    await stopExecution(request.params.name, sign(ledger, request.body), executions);
    response.json({});
  });
}

/** Only for one that is over without success does it matter whether another one has taken its place. */
async function findExecution(
  name: string,
  { executions, standings }: ExecutionParts,
): Promise<FollowedExecution> {
  const execution = await executions.findExecution(name);
  if (!execution) throw notThere(name);
  if (execution.status === "SUCCEEDED" || execution.status === "RUNNING") return execution;
  const [standing, repeat] = await Promise.all([
    standings.findStanding(name),
    findRepeat(name, executions, execution.events),
  ]);
  const isFollowed = standing && standing.executionName !== name;
  return { ...execution, repeat, ...(isFollowed && { standing }) };
}

const notThere = (name: string) => new Refusal(404, `There is no execution named ${name}.`);
