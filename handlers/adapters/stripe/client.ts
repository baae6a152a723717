/** Stripe's SDK, pointed at Stripe or at whatever plays Stripe. Loaded by the first call that needs it: most never do. */
import type { Stripe } from "stripe";
import type { Patience } from "../patience.ts";
import type { ApiKeyReader } from "../secrets-manager/stripe-secret.ts";

/**
 * @param apiBase e.g. `http://localhost:12111`; undefined for Stripe itself
 * @returns a function that gives a client for the secret key that is current
 */
export function createStripeClient(
  secrets: Pick<ApiKeyReader, "current">,
  apiBase: string | undefined,
  patience: Patience,
): () => Promise<Stripe> {
  let client: Stripe | undefined;
  let clientKey: string | undefined;
  return async () => {
    const { STRIPE_SECRET_KEY } = await secrets.current();
    if (!client || clientKey !== STRIPE_SECRET_KEY) {
      const { Stripe: StripeClient } = await import("stripe");
      client = new StripeClient(STRIPE_SECRET_KEY, {
        ...stripeConfig(apiBase, patience),
      });
      clientKey = STRIPE_SECRET_KEY;
    }
    return client;
  };
}

/** What every client of Stripe's is made with. */
export function stripeConfig(apiBase: string | undefined, { attempts, attemptMs }: Patience) {
  return { ...addressOf(apiBase), timeout: attemptMs, maxNetworkRetries: attempts - 1 };
}

function addressOf(apiBase: string | undefined) {
  if (!apiBase) return {};
  const { protocol, hostname, port } = new URL(apiBase);
  const scheme = protocol === "http:" ? "http" : "https";
  return { protocol: scheme, host: hostname, port: port || (scheme === "http" ? 80 : 443) } as const;
}
