/** Stripe's SDK, at Stripe or at whatever `STRIPE_API_BASE` names. */
import { Stripe } from "stripe";
import { PATIENCE } from "#handlers/adapters/patience.ts";
import { stripeConfig } from "#handlers/adapters/stripe/client.ts";

/** @param apiBase e.g. `http://localhost:12111`; undefined: Stripe itself */
export function connectStripe(secretKey: string, apiBase: string | undefined): Stripe {
  return new Stripe(secretKey, stripeConfig(apiBase, PATIENCE.records));
}
