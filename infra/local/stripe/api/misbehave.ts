/** Slow or failing answers of the API, when a knob asks for them. */
import { setTimeout as wait } from "node:timers/promises";
import type { RequestHandler } from "express";
import type { Knobs } from "../control/knobs.ts";
import { StripeApiError } from "../errors.ts";

export function misbehave(knobs: Knobs): RequestHandler {
  return async (_request, _response, next) => {
    if (knobs.apiDelayMs > 0) await wait(knobs.apiDelayMs, undefined, { ref: false });
    if (knobs.failApi) throw takeFailure(knobs, knobs.failApi);
    next();
  };
}

function takeFailure(knobs: Knobs, { status, count }: NonNullable<Knobs["failApi"]>): StripeApiError {
  if (count !== undefined) knobs.failApi = count > 1 ? { status, count: count - 1 } : null;
  if (status === 429) {
    const message = "Request rate limit exceeded. A knob of Stripe's stand-in asks for this.";
    return new StripeApiError(status, { type: "invalid_request_error", code: "rate_limit", message });
  }
  const message = "An unknown error occurred. A knob of Stripe's stand-in asks for this.";
  return new StripeApiError(status, { type: "api_error", message });
}
