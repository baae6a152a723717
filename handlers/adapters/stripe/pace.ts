/** Keeps calls of Stripe within a pace, for whoever makes many: its limit is the whole account's, students included. */
import type { Stripe } from "stripe";
import { type Clock, createTurns, type Pace } from "../turns.ts";

type Mode = "live" | "test";

/** Stripe allows 100 reads a second in live mode, and 25 in test mode: half of these, and in test mode nobody else is there. */
const PACES: Record<Mode, Pace> = {
  live: { calls: 50, perMs: 1_000 },
  test: { calls: 20, perMs: 1_000 },
};

/** @param apiKey `sk_live_...`, `rk_test_...` */
export const modeOf = (apiKey: string): Mode => (/^[a-z]+_live_/.test(apiKey) ? "live" : "test");

/** @returns the same client, given each time that the pace allows one more call */
export function keepPace(
  stripe: () => Promise<Stripe>,
  mode: () => Promise<Mode>,
  clock?: Clock,
): () => Promise<Stripe> {
  const turns = { live: createTurns(PACES.live, clock), test: createTurns(PACES.test, clock) };
  return async () => {
    const client = await stripe();
    await turns[await mode()]();
    return client;
  };
}
