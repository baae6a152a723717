/** Whose Stripe a purchase is looked up at: the one of the environment, or the stand-in that the site itself names. */
import { isLoopbackHost } from "#infra/one-machine/loopback.ts";
import { STAND_IN_KEY } from "#infra/one-machine/stand-in-stripe.ts";
import { clientConfigSchema } from "#workflow/client-config.ts";
import { connectStripe } from "../stripe-setup/connect-stripe.ts";
import type { Site } from "./site.ts";

/**
 * @returns `standInUrl` where Stripe is played
 * @throws Error when a key is missing, or is no test key
 */
export async function findStripe(
  site: Site,
  { STRIPE_SECRET_KEY: key, STRIPE_API_BASE: base }: { STRIPE_SECRET_KEY?: string; STRIPE_API_BASE?: string },
) {
  const isTestKey = key !== undefined && /^(sk|rk)_test_/.test(key);
  const refusal = new Error("--purchase needs STRIPE_SECRET_KEY to be a test key (sk_test_...).");
  if (key && !isTestKey) throw refusal;
  const standInUrl = base ?? (await findStandIn(site));
  if (standInUrl && !base) return { stripe: connectStripe(STAND_IN_KEY, standInUrl), standInUrl };
  if (!isTestKey) throw refusal;
  return { stripe: connectStripe(key, base), standInUrl };
}

/** Nobody's own key goes to an address that a site names: the stand-in has a key that everybody knows. */
async function findStandIn(site: Site): Promise<string | undefined> {
  const { stripeJsUrl } = await site.ask(clientConfigSchema, "/config.json");
  if (!stripeJsUrl) return undefined;
  const { origin, host } = new URL(stripeJsUrl);
  return isLoopbackHost(host) ? origin : undefined;
}
