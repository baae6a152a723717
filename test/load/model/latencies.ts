/** How long what is modelled takes: assumptions of the size that AWS and Stripe are known for, and not measured here. */
import type { Service } from "#test/resilience/simulation/faults.ts";
import type { Random } from "#test/resilience/simulation/random.ts";

interface Latency {
  /** Milliseconds; spread between the two as a log-normal. */
  p50: number;
  p99: number;
}

export const LATENCIES = {
  dynamodb: { p50: 4, p99: 20 },
  states: { p50: 35, p99: 200 },
  sqs: { p50: 8, p99: 40 },
  secrets: { p50: 15, p99: 80 },
  stripe: { p50: 250, p99: 1_200 },
  /** From the state machine to the function. */
  lambda: { p50: 20, p99: 80 },
} satisfies Record<Service, Latency>;

/** Between two states. */
export const TRANSITION: Latency = { p50: 20, p99: 80 };
export const GATEWAY: Latency = { p50: 10, p99: 40 };
/** From the payment to the first delivery, and from a student's click to the API. */
export const DELIVERY: Latency = { p50: 700, p99: 5_000 };
/** Of a bundle of these sizes at 512 MB; it is billed, as the rest. */
export const COLD_START: Latency = { p50: 350, p99: 900 };

/** What a function computes, in milliseconds of the share of a core that its memory buys. */
export const COMPUTING_MS = { webhook: 8, api: 10, step: 8, "overflow-queue": 10 };

export function drawLatency({ p50, p99 }: Latency, random: Random): number {
  const deviation = Math.log(p99 / p50) / 2.326;
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return p50 * Math.exp(deviation * normal);
}
