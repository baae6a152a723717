/** Stripe's SDK, at Stripe or at whatever `STRIPE_API_BASE` names. */
import { Stripe } from "stripe";

/** @param apiBase e.g. `http://localhost:12111`; undefined: Stripe itself */
export function connectStripe(secretKey: string, apiBase: string | undefined): Stripe {
  if (!apiBase) return new Stripe(secretKey, { maxNetworkRetries: 2 });
  const { protocol, hostname, port } = new URL(apiBase);
  return new Stripe(secretKey, {
    protocol: protocol === "https:" ? "https" : "http",
    host: hostname,
    ...(port && { port }),
  });
}
