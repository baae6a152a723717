/** How far a purchase has come, for the student whose purchase it is. */
import { Router } from "express";
import { type FollowCheckoutPorts, followCheckout } from "#workflow/checkout/follow.ts";
import type { ExecutionFollowUp } from "#workflow/ports/executions.ts";
import { describeError } from "../error-facts.ts";
import { countMetric, createLogger } from "../telemetry.ts";
import { CHECKOUT_SESSION_ID } from "./checkout-session-id.ts";
import { HttpError } from "./errors.ts";
import { onLimitsAway } from "./limits.ts";
import { createRecentCheckouts } from "./recent-checkouts.ts";
import { signedInStudent } from "./signed-in-student.ts";

const logger = createLogger("api");

export function checkoutRoutes(ports: Omit<FollowCheckoutPorts, "onLimitsAway">): Router {
  const router = Router();
  const followPorts = {
    ...ports,
    onLimitsAway,
    payments: createRecentCheckouts(ports.payments, ports.now),
    executions: observed(ports.executions),
  };

  router.get("/session/:sessionId", async (request, response) => {
    const { userId } = signedInStudent(request, ports.now());
    const { sessionId: checkoutSessionId } = request.params;
    const answer = CHECKOUT_SESSION_ID.test(checkoutSessionId)
      ? await followCheckout(userId, checkoutSessionId, followPorts)
      : undefined;
    // Another student's checkout session is as unknown as one that does not exist: 403 would tell that it does.
    if (!answer)
      throw new HttpError(404, "session_not_found", "There is no such checkout session among yours.");
    response.json(answer);
  });

  return router;
}

/** The student is told how the purchase stands even when nothing can be done about it just now. */
function observed(executions: ExecutionFollowUp): ExecutionFollowUp {
  return {
    async ensureExecution(event) {
      const ids = { eventId: event.eventId, checkoutSessionId: event.checkoutSessionId };
      try {
        const status = await executions.ensureExecution(event);
        logger.warn("followed up, since the webhook has not led to an enrollment", { ...ids, status });
        countMetric("FollowedUp");
        return status;
      } catch (error) {
        logger.error("could not follow up", { ...ids, ...describeError(error) });
        return "unknown";
      }
    },

    async findExecutionStatus(executionName) {
      try {
        return await executions.findExecutionStatus(executionName);
      } catch (error) {
        logger.error("could not be looked at", { executionName, ...describeError(error) });
        return "unknown";
      }
    },
  };
}
