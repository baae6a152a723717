/** Stripe as functions are given it: by the keys that their secret holds, and so that each call ends in time. */
import { checkoutOptionsOf } from "#handlers/checkout-options.ts";
import type { ApiSettings } from "#handlers/config.ts";
import type { PaymentProvider } from "#workflow/ports/payments.ts";
import { eachInTime } from "../in-time.ts";
import { once } from "../once.ts";
import { longestOf, PATIENCE, type Patience } from "../patience.ts";
import type { ApiKeyReader } from "../secrets-manager/stripe-secret.ts";
import { createStripeCheckout, createStripeSessions } from "./checkout-sessions.ts";
import { createStripeClient } from "./client.ts";
import { keepPace, modeOf } from "./pace.ts";

type StripeSettings = Pick<ApiSettings, "STRIPE_SECRET_ID" | "STRIPE_API_BASE" | "DEPLOYMENT_NAME">;

export const openStripe = (
  { STRIPE_SECRET_ID, STRIPE_API_BASE }: Omit<StripeSettings, "DEPLOYMENT_NAME">,
  patience: Patience,
) => createStripeClient(readKeysLate(STRIPE_SECRET_ID), STRIPE_API_BASE, patience);

/** For whoever reads much, so that students who pay are not turned away for it. */
export function openStripeInPace(
  { STRIPE_SECRET_ID, STRIPE_API_BASE }: Omit<StripeSettings, "DEPLOYMENT_NAME">,
  patience: Patience,
) {
  const secrets = readKeysLate(STRIPE_SECRET_ID);
  return keepPace(createStripeClient(secrets, STRIPE_API_BASE, patience), async () =>
    modeOf((await secrets.current()).STRIPE_SECRET_KEY),
  );
}

export function openStripeCheckout(settings: ApiSettings): PaymentProvider {
  const place = {
    clientUrl: settings.CLIENT_URL,
    deploymentName: settings.DEPLOYMENT_NAME,
    options: checkoutOptionsOf(settings),
  };
  const open = (patience: Patience) =>
    eachInTime(createStripeCheckout(openStripe(settings, patience), place), withTheRest(patience), "Stripe");
  const { updateCustomer } = open(PATIENCE.courtesy);
  return { ...open(PATIENCE.checkout), updateCustomer };
}

export function openStripeSessions(settings: StripeSettings, patience: Patience) {
  const sessions = createStripeSessions(openStripe(settings, patience), settings.DEPLOYMENT_NAME);
  return eachInTime(sessions, withTheRest(patience), "Stripe");
}

/** The first call of Stripe reads its key, and loads what reads it. */
function readKeysLate(secretId: string): Pick<ApiKeyReader, "current"> {
  const reader = once(async () => {
    const { createApiKeyReader } = await import("../secrets-manager/stripe-secret.ts");
    return createApiKeyReader(secretId);
  });
  return { current: async () => (await reader()).current() };
}

/** Milliseconds that a call may take with the secret, and with the SDK that the first one loads. */
const withTheRest = (patience: Patience) => longestOf(patience) + 1_000;
