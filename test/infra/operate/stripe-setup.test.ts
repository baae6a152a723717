import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sentenceFor } from "#infra/command-line/sentence-for.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";
import { connectStripe } from "#infra/operate/stripe-setup/connect-stripe.ts";
import { setUpWebhook } from "#infra/operate/stripe-setup/set-up-webhook.ts";
import { chooseKeys } from "#infra/operate/stripe-setup/stripe-keys.ts";
import { readStripeSecret } from "#infra/operate/stripe-setup/stripe-secret.ts";
import { startAccounts } from "#test/support/stripe-accounts.ts";
import { WEBHOOK_EVENT_TYPES } from "#workflow/payment-notice.ts";

const endpointUrl = "https://courses.example.com/api/webhooks/stripe";
const names = nameParts(PRODUCTION);
const { stripeSecret: secretName, signingSecret } = names;
const environment = { STRIPE_SECRET_KEY: "sk_test_1", STRIPE_PUBLISHABLE_KEY: "pk_test_1" };
const once = { rotate: false, dropOld: false };

let accounts: Awaited<ReturnType<typeof startAccounts>>;
beforeEach(async () => {
  accounts = await startAccounts();
});
afterEach(() => accounts.close());

/** Runs the set-up against what the accounts hold by now, with the environment's keys the first time only. */
async function setUp(options: { rotate: boolean; dropOld: boolean } = once, url = endpointUrl) {
  const { secrets } = accounts;
  const stored = await readStripeSecret(secrets, secretName);
  const keys = chooseKeys(stored ? {} : environment, stored);
  const stripe = connectStripe(keys.secretKey, accounts.url);
  return setUpWebhook(stripe, secrets, { names, endpointUrl: url, keys, stored, ...options });
}

const acceptedSecrets = async () =>
  (await readStripeSecret(accounts.secrets, secretName))?.STRIPE_WEBHOOK_SECRET;

describe("the first set-up", () => {
  test("makes an endpoint with exactly the fulfilment events, and stores keys and signing secret", async () => {
    const result = await setUp();
    expect(result).toMatchObject({ endpoint: "created", acceptedSigningSecrets: 1 });
    expect([...accounts.endpoints.values()]).toMatchObject([
      { url: endpointUrl, enabled_events: [...WEBHOOK_EVENT_TYPES], api_version: "2026-10-28.endive" },
    ]);
    expect(JSON.parse(accounts.secretValues.get(secretName) ?? "")).toEqual({
      STRIPE_SECRET_KEY: "sk_test_1",
      STRIPE_PUBLISHABLE_KEY: "pk_test_1",
      STRIPE_WEBHOOK_SECRET: ["whsec_1"],
      STRIPE_WEBHOOK_ENDPOINT_ID: "we_1",
    });
  });

  test("leaves other people's endpoints alone", async () => {
    await setUp(once, "https://other.example.com/hook");
    accounts.secretValues.clear();
    await setUp({ rotate: false, dropOld: true });
    expect([...accounts.endpoints.values()].map(({ url }) => url)).toEqual([
      "https://other.example.com/hook",
      endpointUrl,
    ]);
  });
});

test("doing it again mends the endpoint and keeps the signing secret", async () => {
  await setUp();
  Object.assign(accounts.endpoints.get("we_1") ?? {}, { enabled_events: ["*"], disabled: "true" });
  expect(await setUp()).toMatchObject({ endpoint: "updated", endpointId: "we_1" });
  expect(accounts.endpoints.get("we_1")).toMatchObject({
    enabled_events: [...WEBHOOK_EVENT_TYPES],
    disabled: "false",
  });
  expect(await acceptedSecrets()).toEqual(["whsec_1"]);
});

test("a rotation accepts both signing secrets until the old one is dropped on demand", async () => {
  await setUp();
  expect(await setUp({ rotate: true, dropOld: false })).toMatchObject({ endpoint: "created" });
  expect(await acceptedSecrets()).toEqual(["whsec_2", "whsec_1"]);
  expect([...accounts.endpoints.keys()]).toEqual(["we_1", "we_2"]);

  const result = await setUp({ rotate: false, dropOld: true });
  expect(result).toMatchObject({ endpoint: "updated", endpointId: "we_2", deletedEndpointIds: ["we_1"] });
  expect(await acceptedSecrets()).toEqual(["whsec_2"]);
  expect([...accounts.endpoints.keys()]).toEqual(["we_2"]);
});

test("an endpoint whose signing secret nobody knows is superseded, since Stripe tells it only once", async () => {
  await setUp();
  accounts.secretValues.clear();
  expect(await setUp()).toMatchObject({ endpoint: "created", endpointId: "we_2" });
  expect(await acceptedSecrets()).toEqual(["whsec_2"]);
});

test("an endpoint whose signing secret cannot be stored is taken away again", async () => {
  await setUp();
  accounts.refuseWrites();
  await expect(setUp({ rotate: true, dropOld: false })).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  expect([...accounts.endpoints.keys()]).toEqual(["we_1"]);
});

test("what verifies events reaches the webhook's own secret at once, where it is deployed, and no key does", async () => {
  await setUp();
  expect(accounts.secretValues.has(signingSecret)).toBe(false);
  accounts.secretValues.set(signingSecret, "");
  await setUp({ rotate: true, dropOld: false });
  expect(JSON.parse(accounts.secretValues.get(signingSecret) ?? "")).toEqual({
    STRIPE_WEBHOOK_SECRET: ["whsec_2", "whsec_1"],
    STRIPE_MODE: "test",
  });
});

test("a signing secret that was put there by hand stays accepted", async () => {
  accounts.secretValues.set(
    secretName,
    JSON.stringify({ ...environment, STRIPE_WEBHOOK_SECRET: "whsec_a,whsec_b" }),
  );
  await setUp();
  expect(await acceptedSecrets()).toEqual(["whsec_1", "whsec_a", "whsec_b"]);
});

describe("keys", () => {
  test("must be of one mode", () => {
    const mixed = { STRIPE_SECRET_KEY: "sk_live_1", STRIPE_PUBLISHABLE_KEY: "pk_test_1" };
    expect(() => chooseKeys(mixed, undefined)).toThrow(
      "The secret key is a live key and the publishable key is not.",
    );
  });

  test("that are missing are asked for by name", () => {
    expect(() => chooseKeys({}, undefined)).toThrow("Set STRIPE_SECRET_KEY");
    expect(() => chooseKeys({ STRIPE_SECRET_KEY: "sk_test_1" }, undefined)).toThrow(
      "Set STRIPE_PUBLISHABLE_KEY",
    );
  });

  test("that Stripe does not know are said to be so, without being repeated", async () => {
    accounts.refuseKeys();
    const said = sentenceFor(await setUp().catch((error: unknown) => error));
    expect(said).toMatch(/^Stripe does not know the secret key\. Copy it again(?!.*sk_test)/);
  });

  test("that cannot be read from the secret are not quoted", async () => {
    accounts.secretValues.set(secretName, "sk_live_oops");
    await expect(setUp()).rejects.toThrow(/^The secret learnermax\/stripe is not readable(?!.*oops)/);
  });
});
