/** How much of what the HTTP API lets through, on AWS and locally alike; the rest is answered 429. */
import type { RouteKey } from "#workflow/contract.ts";

/** Requests per second and the burst above that, over all callers together. */
export interface Throttle {
  rate: number;
  burst: number;
}

export const DEFAULT_THROTTLE: Throttle = { rate: 100, burst: 200 };

export const THROTTLES: Partial<Record<RouteKey, Throttle>> = {
  // It keeps forgeries from costing much, and must let a launch through: what is refused here Stripe delivers again, in minutes.
  "POST /api/webhooks/stripe": { rate: 400, burst: 2_000 },
  // Each may be a call to Stripe, which allows about 100 a second with live keys and 25 with test keys.
  "POST /api/enrollments": { rate: 20, burst: 40 },
  "GET /api/checkout/session/{sessionId}": { rate: 50, burst: 100 },
  // A few tell of what is wrong; many more are somebody who wants to fill the log.
  "POST /api/csp-reports": { rate: 10, burst: 20 },
};
