/** The console's API. Every answer is JSON; what went wrong is `{ error }`, one sentence. */
import express, { type RequestHandler, Router } from "express";
import type { About } from "./contract.ts";
import { addDeadLetterRoutes, type DeadLetterParts } from "./dead-letter-routes.ts";
import { addExecutionRoutes, type ExecutionParts } from "./execution-routes.ts";
import { addLedgerRoutes, type LedgerParts } from "./ledger-routes.ts";
import { addLocalRoutes, type LocalParts } from "./local-routes.ts";
import type { createPermission } from "./permission.ts";
import { addPlanRoutes, type PlanParts } from "./plan-routes.ts";
import { addPurchaseRoutes, type PurchaseParts } from "./purchase-routes.ts";
import { answerError, Refusal } from "./refusal.ts";
import { addRunbookRoutes } from "./runbook-routes.ts";

type Permit = ReturnType<typeof createPermission>;

export interface ConsoleParts extends ExecutionParts, LocalParts, LedgerParts, PurchaseParts {
  stateMachineArn: string;
  region: string;
  permit: Permit;
  /** Undefined: the state machine sends none. */
  deadLetters: (DeadLetterParts & PlanParts) | undefined;
}

export function createConsoleRoutes(parts: ConsoleParts): Router {
  const router = Router();
  router.use((request, _response, next) => {
    // A page elsewhere can post here, but not with a header of its own.
    const isForged = request.method !== "GET" && !request.headers["x-bursar-console"];
    next(isForged ? new Refusal(403, "This request did not come from the console's own page.") : undefined);
  });
  router.use(requirePermission(parts.permit));
  router.use(express.json({ limit: "16kb" }));
  router.use((_request, response, next) => {
    response.set("cache-control", "no-store");
    next();
  });

  router.get("/about", async (_request, response) => {
    response.json(await describeConsole(parts));
  });
  addExecutionRoutes(router, parts);
  if (parts.deadLetters) {
    addDeadLetterRoutes(router, parts.deadLetters);
    addPlanRoutes(router, parts.deadLetters);
  }
  addLocalRoutes(router, parts);
  addLedgerRoutes(router, parts);
  addPurchaseRoutes(router, parts);
  addRunbookRoutes(router);
  router.use((_request, _response, next) => next(new Refusal(404, "There is nothing here.")));
  router.use(answerError);
  return router;
}

/** Whatever is posted changes something. */
function requirePermission(permit: Permit): RequestHandler {
  return async (request, _response, next) => {
    const { onlyLooks } = request.method === "GET" ? {} : await permit();
    next(onlyLooks ? new Refusal(403, onlyLooks) : undefined);
  };
}

async function describeConsole({ stateMachineArn, region, permit, ...parts }: ConsoleParts): Promise<About> {
  const { onlyLooks, ...who } = await permit();
  const has = {
    deadLetters: Boolean(parts.deadLetters),
    alarms: Boolean(parts.alarms),
    deliveries: Boolean(parts.deliveries),
    faults: Boolean(parts.awsFaults ?? parts.deliveries),
  };
  const stateMachineName = stateMachineArn.split(":").at(-1) ?? "";
  return { stateMachineName, stateMachineArn, region, ...who, mayRedrive: !onlyLooks, onlyLooks, has };
}
