import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openSecretStore } from "#handlers/adapters/secrets-manager/secret-store.ts";
import { SIGNING_SECRET_ID, STRIPE_SECRET_ID } from "#infra/local/names.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { sign, stripeEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const { stack, clients } = useRunningStack();
const { secretKey, publishableKey, webhookSecret } = STAND_IN_STRIPE;
const usual = {
  STRIPE_SECRET_KEY: secretKey,
  STRIPE_PUBLISHABLE_KEY: publishableKey,
  STRIPE_WEBHOOK_SECRET: webhookSecret,
};

let manager: SecretsManagerClient;
beforeAll(() => {
  manager = new SecretsManagerClient(awsClientConfig(awsOf(stack)));
});
afterEach(() => store(usual));
afterAll(() => manager.destroy());

/** As people do it with AWS's command line. */
const store = (value: object) =>
  manager.send(
    new PutSecretValueCommand({ SecretId: STRIPE_SECRET_ID, SecretString: JSON.stringify(value) }),
  );

/** An event that leads to no execution worth waiting for. */
async function deliver(id: string, signedWith = webhookSecret) {
  const session = { id: `cs_test_${id}`, payment_status: "unpaid" };
  const payload = stripeEvent({ id: `evt_${id}`, type: "checkout.session.expired", session });
  return (await clients.postWebhook(payload, sign(payload, signedWith))).status;
}

const readCopy = () => openSecretStore(awsClientConfig(awsOf(stack))).readSecret(SIGNING_SECRET_ID);

test("the webhook's own secret is there from the start, without a key", async () => {
  expect(JSON.parse((await readCopy()) ?? "")).toEqual({
    STRIPE_WEBHOOK_SECRET: [webhookSecret],
    STRIPE_MODE: "test",
  });
});

test.each([
  ["wrong", { ...usual, STRIPE_SECRET_KEY: "oops", STRIPE_PUBLISHABLE_KEY: "oops" }],
  ["missing", { STRIPE_WEBHOOK_SECRET: webhookSecret }],
])("a webhook beside API keys that are %s verifies events, also with a new secret", async (what, value) => {
  await store({ ...value, STRIPE_WEBHOOK_SECRET: "whsec_fresh" });
  expect(await deliver(`fresh_${what}`, "whsec_fresh")).toBe(200);
});

test("what no event can be verified with never reaches the webhook", async () => {
  await store({ ...usual, STRIPE_WEBHOOK_SECRET: " " });
  expect(await deliver("blanked")).toBe(200);
});
