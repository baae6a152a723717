/**
 * Makes Stripe deliver exactly the fulfilment events to the webhook, and lets the webhook verify them.
 *
 * Stripe tells a signing secret once, when it makes an endpoint. A rotation therefore makes a second endpoint; both
 * deliver, both secrets are accepted, and dropping the old ones ends it. Double deliveries do no harm in between: the
 * event's id is the same.
 */
import { Stripe } from "stripe";
import { copySigningSecret } from "#handlers/adapters/secrets-manager/copy-signing-secret.ts";
import type { SecretStore } from "#handlers/adapters/secrets-manager/secret-store.ts";
import type { Names } from "#infra/deployment/names.ts";
import { WEBHOOK_EVENT_TYPES } from "#workflow/payment-notice.ts";
import type { StripeKeys } from "./stripe-keys.ts";
import { type StoredStripeSecret, writeLookingKey, writeStripeSecret } from "./stripe-secret.ts";

interface WebhookSetup {
  /** Of the secret that people write, of the webhook's copy, and of the key for who only looks. */
  names: Pick<Names, "stripeSecret" | "signingSecret" | "lookingKey">;
  endpointUrl: string;
  keys: StripeKeys;
  stored: StoredStripeSecret | undefined;
  /** Adds a new signing secret beside the current one. */
  rotate: boolean;
  /** Keeps the newest signing secret only. */
  dropOld: boolean;
}

export interface WebhookSetupResult {
  endpointId: string;
  endpoint: "created" | "updated";
  deletedEndpointIds: string[];
  acceptedSigningSecrets: number;
}

const DESCRIPTION = "Bursar: turns payments into enrollments";

/** @throws Stripe's and AWS's errors, which `sentenceFor` explains, without a key or a signing secret */
export async function setUpWebhook(
  stripe: Stripe,
  secrets: SecretStore,
  setup: WebhookSetup,
): Promise<WebhookSetupResult> {
  const { names, keys, stored, rotate, dropOld } = setup;
  const standing = await findEndpoints(stripe, setup.endpointUrl);
  const current = standing.find(({ id }) => id === stored?.STRIPE_WEBHOOK_ENDPOINT_ID);
  const accepted = stored?.STRIPE_WEBHOOK_SECRET ?? [];

  const isNew = !current || accepted.length === 0 || rotate;
  const endpoint = isNew
    ? await createEndpoint(stripe, setup.endpointUrl)
    : await updateEndpoint(stripe, current);
  const signingSecrets = endpoint.secret ? [endpoint.secret, ...accepted] : accepted;
  const kept = dropOld ? signingSecrets.slice(0, 1) : signingSecrets;
  // Stored before anything is deleted: a secret that is lost here could not be asked for again.
  await writeStripeSecret(
    secrets,
    names.stripeSecret,
    {
      STRIPE_SECRET_KEY: keys.secretKey,
      STRIPE_PUBLISHABLE_KEY: keys.publishableKey,
      STRIPE_WEBHOOK_SECRET: kept,
      STRIPE_WEBHOOK_ENDPOINT_ID: endpoint.id,
    },
    !stored,
  ).catch(async (error: unknown) => {
    // One that delivers what nobody can verify would only fill Stripe's log with refusals.
    if (isNew) await stripe.webhookEndpoints.del(endpoint.id).catch(() => undefined);
    throw error;
  });
  await copyForWebhook(secrets, names);
  if (keys.lookingKey) await writeLookingKey(secrets, names.lookingKey, keys.lookingKey);
  const superseded = dropOld ? standing.filter(({ id }) => id !== endpoint.id) : [];
  for (const { id } of superseded) await stripe.webhookEndpoints.del(id);
  return {
    endpointId: endpoint.id,
    endpoint: isNew ? "created" : "updated",
    deletedEndpointIds: superseded.map(({ id }) => id),
    acceptedSigningSecrets: kept.length,
  };
}

/** At once; what is not deployed yet has nothing to copy to, and copies by itself when it is. */
async function copyForWebhook(
  secrets: SecretStore,
  { stripeSecret, signingSecret }: Pick<Names, "stripeSecret" | "signingSecret">,
): Promise<void> {
  try {
    await copySigningSecret(secrets, { from: stripeSecret, to: signingSecret });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ResourceNotFoundException") throw error;
  }
}

async function findEndpoints(stripe: Stripe, url: string): Promise<Stripe.WebhookEndpoint[]> {
  const endpoints: Stripe.WebhookEndpoint[] = [];
  for await (const endpoint of stripe.webhookEndpoints.list({ limit: 100 })) {
    if (endpoint.url === url) endpoints.push(endpoint);
  }
  return endpoints;
}

function createEndpoint(stripe: Stripe, url: string): Promise<Stripe.WebhookEndpoint> {
  return stripe.webhookEndpoints.create({
    url,
    enabled_events: [...WEBHOOK_EVENT_TYPES],
    // Events come in the shape that the handlers' SDK knows, whatever the account's version becomes.
    api_version: Stripe.API_VERSION,
    description: DESCRIPTION,
  });
}

function updateEndpoint(stripe: Stripe, { id }: Stripe.WebhookEndpoint): Promise<Stripe.WebhookEndpoint> {
  return stripe.webhookEndpoints.update(id, {
    enabled_events: [...WEBHOOK_EVENT_TYPES],
    disabled: false,
    description: DESCRIPTION,
  });
}
