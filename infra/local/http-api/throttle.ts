/** API Gateway's throttling: a bucket of tokens for each route, filled at its rate. */
import { DEFAULT_THROTTLE, THROTTLES, type Throttle } from "#infra/deployment/throttles.ts";
import type { Route } from "./match-route.ts";

const limits: Partial<Record<string, Throttle>> = THROTTLES;

/** @returns whether a request of the route is let through now */
export function createThrottle(now: () => number = Date.now): (route: Route) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();

  return ({ method, path }) => {
    const routeKey = `${method} ${path}`;
    const { rate, burst } = limits[routeKey] ?? DEFAULT_THROTTLE;
    const before = buckets.get(routeKey) ?? { tokens: burst, at: now() };
    const tokens = Math.min(burst, before.tokens + ((now() - before.at) / 1000) * rate);
    const isLetThrough = tokens >= 1;
    buckets.set(routeKey, { tokens: isLetThrough ? tokens - 1 : tokens, at: now() });
    return isLetThrough;
  };
}
