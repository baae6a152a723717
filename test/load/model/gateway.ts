/** The HTTP API before the functions: its throttles, and what it answers when there is no room for a function. */
import type { RateName } from "../quotas.ts";
import type { Model } from "./create-model.ts";
import { drawLatency, GATEWAY } from "./latencies.ts";
import { countIn } from "./meter.ts";

/** @returns undefined when the connection broke */
export async function throughGateway<Answer extends { status?: number | undefined }>(
  { agenda, limits, random, usage }: Model,
  throttle: RateName | undefined,
  ask: () => Promise<Answer | undefined>,
): Promise<Answer | { status: number; body?: undefined } | undefined> {
  await agenda.sleep(drawLatency(GATEWAY, random));
  if (throttle && !limits.take(throttle)) return { status: 429 };
  countIn(usage.gatewayRequests, throttle ?? "other");
  try {
    return await ask();
  } catch {
    // Lambda has no room for it.
    return { status: 503 };
  }
}
