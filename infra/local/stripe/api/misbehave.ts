/** Slow, failing or missing answers of the API, when a knob asks for them. */
import { setTimeout as wait } from "node:timers/promises";
import type { Request, RequestHandler } from "express";
import type { Knobs, Moment, SomeRequests } from "../control/knobs.ts";
import { StripeApiError } from "../errors.ts";

export function misbehave(knobs: Knobs): RequestHandler {
  return async (request, _response, next) => {
    if (knobs.apiDelayMs > 0) await wait(knobs.apiDelayMs, undefined, { ref: false });
    await stayMuteWhenAsked("before", request, knobs);
    failWhenAsked("before", request, knobs);
    next();
  };
}

/** @throws StripeApiError with the status that the knob asks for */
export function failWhenAsked(moment: Moment, request: Request, knobs: Knobs): void {
  const failure = take("failApi", moment, request, knobs);
  if (failure?.status === 429) {
    const message = "Request rate limit exceeded. A knob of Stripe's stand-in asks for this.";
    throw new StripeApiError(429, { type: "invalid_request_error", code: "rate_limit", message });
  }
  if (failure) {
    const message = "An unknown error occurred. A knob of Stripe's stand-in asks for this.";
    throw new StripeApiError(failure.status, { type: "api_error", message });
  }
}

/** Never resolves for a request that shall get no answer: it is over when its client gives up, or at once when it is cut. */
export async function stayMuteWhenAsked(moment: Moment, request: Request, knobs: Knobs): Promise<void> {
  const cut = take("cutApi", moment, request, knobs);
  if (cut) request.socket.destroy();
  if (cut || take("hangApi", moment, request, knobs)) await new Promise(() => undefined);
}

type Fault = "failApi" | "hangApi" | "cutApi";

function take<Name extends Fault>(
  name: Name,
  moment: Moment,
  request: Request,
  knobs: Knobs,
): Knobs[Name] | undefined {
  const fault: (SomeRequests & { moment?: Moment | undefined }) | null = knobs[name];
  if (!fault || !concerns(fault, request) || momentOf(fault, request) !== moment) return undefined;
  const taken = knobs[name];
  if (fault.count !== undefined) {
    Object.assign(knobs, { [name]: fault.count > 1 ? { ...fault, count: fault.count - 1 } : null });
  }
  return taken;
}

function concerns({ method, path }: SomeRequests, request: Request): boolean {
  const { pathname } = new URL(request.originalUrl, "http://localhost");
  return (method === undefined || method === request.method) && (!path || pathname.startsWith(path));
}

/** Reading executes nothing, so there is but one moment for it. */
function momentOf({ moment = "before" }: { moment?: Moment | undefined }, request: Request): Moment {
  return request.method === "GET" ? "before" : moment;
}
