/** What browsers report of the Content-Security-Policy: something on a page wanted what the policy forbids. */
import express, { Router } from "express";
import { type PolicyViolation, readViolations, reportTypes } from "../csp-violations.ts";
import { countMetric, createLogger } from "../telemetry.ts";
import { HttpError } from "./errors.ts";

const logger = createLogger("api");

/** A page that is attacked reports the same thing for every student; the log says it once a minute, the metric each time. */
const FRESH_MS = 60_000;
/** Different ones a minute and process: anybody may post here, and must not fill the log. */
const MOST_LOGGED = 20;

export function cspReportRoutes({ now }: { now: () => Date }): Router {
  const router = Router();
  const isNews = createNewsFilter(now);

  router.post("/", express.json({ type: reportTypes, limit: "32kb" }), (request, response) => {
    const violations = request.is(reportTypes) ? readViolations(request.body) : undefined;
    if (!violations) throw new HttpError(400, "invalid_request", "Send a report of a browser's.");
    for (const violation of violations.filter(isNews)) logger.warn("policy violated", { ...violation });
    if (violations.length > 0) countMetric("PolicyViolation", violations.length);
    response.status(204).end();
  });

  return router;
}

function createNewsFilter(now: () => Date): (violation: PolicyViolation) => boolean {
  const logged = new Set<string>();
  let since = 0;
  return (violation) => {
    const at = now().getTime();
    if (at - since >= FRESH_MS) {
      logged.clear();
      since = at;
    }
    const key = Object.values(violation).join(" ");
    if (logged.has(key) || logged.size >= MOST_LOGGED) return false;
    logged.add(key);
    return true;
  };
}
