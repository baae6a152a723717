import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect, test } from "vitest";
import { STRIPE_SECRET_ID } from "#infra/local/names.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { SOON } from "#test/support/purchase-history.ts";
import { sign, stripeEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const { stack, clients } = useRunningStack();

test("a signing secret is rotated while events flow, and no delivery is refused", async () => {
  const manager = new SecretsManagerClient(awsClientConfig(awsOf(stack)));
  const store = (signingSecrets: string[]) =>
    manager.send(
      new PutSecretValueCommand({
        SecretId: STRIPE_SECRET_ID,
        SecretString: JSON.stringify({
          STRIPE_SECRET_KEY: STAND_IN_STRIPE.secretKey,
          STRIPE_PUBLISHABLE_KEY: STAND_IN_STRIPE.publishableKey,
          STRIPE_WEBHOOK_SECRET: signingSecrets,
        }),
      }),
    );
  const old = STAND_IN_STRIPE.webhookSecret;
  const next = "whsec_rotated";
  let signWith = old;
  const flow = { isOver: false };
  const statuses: number[] = [];
  async function deliver(courier: number) {
    for (let number = 0; !flow.isOver; number += 1) {
      const id = `evt_rotation_${courier}_${number}`;
      const payload = stripeEvent({
        id,
        type: "checkout.session.expired",
        session: { id: `cs_test_${id}`, payment_status: "unpaid" },
      });
      statuses.push((await clients.postWebhook(payload, sign(payload, signWith))).status);
    }
  }
  const flowsOn = async () => {
    const before = statuses.length;
    await expect.poll(() => statuses.length, SOON).toBeGreaterThan(before + 20);
  };

  const couriers = [1, 2, 3].map(deliver);
  await flowsOn();
  // A forgery just before makes the handler read the secret; what it read is no excuse for what comes next.
  const forged = await clients.postWebhook("{}", sign("{}", "whsec_forged"));
  expect(forged.status).toBe(400);
  await store([next, old]);
  await flowsOn();
  signWith = next;
  await flowsOn();
  await store([next]);
  await flowsOn();
  flow.isOver = true;
  await Promise.all(couriers);
  await store([old]);
  manager.destroy();
  expect(new Set(statuses)).toEqual(new Set([200]));
});
