import { afterEach, beforeEach, expect, test } from "vitest";
import { PATIENCE } from "#handlers/adapters/patience.ts";
import { createStripeClient } from "#handlers/adapters/stripe/client.ts";
import { environmentOf } from "#infra/local/deployed-functions.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";

const before = { ...process.env };
const addresses = {
  awsUrl: "http://localhost:4566",
  accessKey: TEST_ACCESS_KEY,
  clientUrl: "http://localhost:3000",
};

beforeEach(() => {
  Object.assign(process.env, {
    AWS_PROFILE: "mine",
    AWS_ENDPOINT_URL_SFN: "http://elsewhere",
    STRIPE_API_BASE: "http://left",
  });
});

afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

test("nothing of the person's own AWS settings leads the handlers away from this machine", () => {
  const environment = environmentOf({ ...addresses, stripeApiBase: undefined });
  expect(environment).toMatchObject({
    AWS_ENDPOINT_URL: "http://localhost:4566",
    AWS_ACCESS_KEY_ID: TEST_ACCESS_KEY.accessKeyId,
  });
  expect(environment["AWS_PROFILE"]).toBeUndefined();
  expect(environment["AWS_ENDPOINT_URL_SFN"]).toBeUndefined();
});

test("with one's own test keys the handlers call Stripe itself", async () => {
  const environment = environmentOf({ ...addresses, stripeApiBase: undefined });
  const secret = {
    STRIPE_SECRET_KEY: "sk_test_mine",
    STRIPE_PUBLISHABLE_KEY: "pk_test_mine",
    STRIPE_WEBHOOK_SECRET: [],
  };
  const reader = { current: async () => secret, refreshed: async () => secret };
  const stripe = await createStripeClient(reader, environment["STRIPE_API_BASE"], PATIENCE.checkout)();
  expect(stripe.getApiField("host")).toBe("api.stripe.com");
  expect(stripe.getApiField("protocol")).toBe("https");
});
