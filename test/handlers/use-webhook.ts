/** The webhook with a payment provider's reader and everything behind it given by the test. */
import { beforeEach, vi } from "vitest";
import type { SigningSecret } from "#handlers/adapters/secrets-manager/signing-secret.ts";
import { createStripeEventReader } from "#handlers/adapters/stripe/webhook-events.ts";
import { createWebhook } from "#handlers/webhook.ts";
import { webhookEvent } from "#test/support/gateway-events.ts";
import { SIGNING_SECRET, sign } from "#test/support/stripe-events.ts";
import type { Executions } from "#workflow/ports/executions.ts";
import type { OverflowQueue } from "#workflow/ports/queues.ts";

export const startExecution = vi.fn<Executions["startExecution"]>();
export const enqueue = vi.fn<OverflowQueue["enqueue"]>();

/** What Secrets Manager has, and what it has once it is asked anew. */
export const secrets: { current: SigningSecret; refreshed: SigningSecret } = {
  current: secretOf(),
  refreshed: secretOf(),
};

export function secretOf(...signingSecrets: string[]): SigningSecret {
  return { STRIPE_MODE: "test", STRIPE_WEBHOOK_SECRET: signingSecrets };
}

const webhook = createWebhook({
  events: createStripeEventReader(
    { current: async () => secrets.current, refreshed: async () => secrets.refreshed },
    "bursar",
  ),
  executions: { startExecution },
  overflow: { enqueue },
});

export async function post(body: string | Uint8Array | undefined, signature?: string) {
  const answer = await webhook(webhookEvent(body, signature));
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? "null") as Record<string, unknown> };
}

export const deliver = (payload: string) => post(payload, sign(payload));

/** Everything is as it should be again at every test. */
export function useWebhook(): void {
  beforeEach(() => {
    startExecution.mockReset().mockResolvedValue("started");
    enqueue.mockReset().mockResolvedValue();
    secrets.current = secrets.refreshed = secretOf(SIGNING_SECRET);
  });
}
