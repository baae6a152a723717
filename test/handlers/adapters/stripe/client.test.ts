import { expect, test } from "vitest";
import { PATIENCE } from "#handlers/adapters/patience.ts";
import { createStripeClient } from "#handlers/adapters/stripe/client.ts";

const secrets = (key = "sk_test_1") => {
  const value = {
    STRIPE_SECRET_KEY: key,
    STRIPE_PUBLISHABLE_KEY: "pk_test_1",
    STRIPE_WEBHOOK_SECRET: ["whsec_1"],
  };
  return { current: async () => value, refreshed: async () => value };
};
const addressOf = async (apiBase: string | undefined) => {
  const stripe = await createStripeClient(secrets(), apiBase, PATIENCE.checkout)();
  return ["protocol", "host", "port"].map((field) => String(stripe.getApiField(field as never)));
};

test("without another address Stripe itself is called, over TLS", async () => {
  await expect(addressOf(undefined)).resolves.toEqual(["https", "api.stripe.com", "443"]);
});

test("the stand-in is called where it is", async () => {
  await expect(addressOf("http://localhost:12111")).resolves.toEqual(["http", "localhost", "12111"]);
});

test("one client serves all requests until the key changes", async () => {
  let key = "sk_test_1";
  const stripe = createStripeClient({ current: () => secrets(key).current() }, undefined, PATIENCE.checkout);
  const first = await stripe();
  expect(await stripe()).toBe(first);
  key = "sk_test_2";
  expect(await stripe()).not.toBe(first);
});
