import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSigningSecretReader } from "#handlers/adapters/secrets-manager/signing-secret.ts";
import { createApiKeyReader } from "#handlers/adapters/secrets-manager/stripe-secret.ts";

const client = new SecretsManagerClient({});
const send = vi.spyOn(client, "send");
const valid = {
  STRIPE_SECRET_KEY: "sk_test_1",
  STRIPE_PUBLISHABLE_KEY: "pk_test_1",
  STRIPE_WEBHOOK_SECRET: "whsec_1",
};
const respondWith = (value: unknown) => {
  const SecretString = typeof value === "string" ? value : JSON.stringify(value);
  send.mockReturnValue(Promise.resolve({ SecretString }) as never);
};

const goAway = () => send.mockImplementation((() => Promise.reject(new Error("away"))) as never);

beforeEach(() => {
  vi.useFakeTimers();
  send.mockReset();
  respondWith(valid);
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a secret", () => {
  test("is fetched once for many requests, even when they come at once", async () => {
    const reader = createSigningSecretReader("learnermax/stripe", client);
    await Promise.all([reader.current(), reader.current(), reader.current()]);
    await reader.current();
    expect(send).toHaveBeenCalledOnce();
  });

  test.each([
    ["a list", ["whsec_1", "whsec_2"]],
    ["a text with commas", "whsec_1, whsec_2"],
  ])("may hold several signing secrets as %s", async (_form, signingSecrets) => {
    respondWith({ ...valid, STRIPE_WEBHOOK_SECRET: signingSecrets });
    const { STRIPE_WEBHOOK_SECRET } = await createSigningSecretReader("s", client).current();
    expect(STRIPE_WEBHOOK_SECRET).toEqual(["whsec_1", "whsec_2"]);
  });

  test.each([
    ["blank", { ...valid, STRIPE_WEBHOOK_SECRET: " " }],
    ["an empty list", { ...valid, STRIPE_WEBHOOK_SECRET: [] }],
    ["a list with a blank", { ...valid, STRIPE_WEBHOOK_SECRET: ["whsec_1", ""] }],
    ["missing", { ...valid, STRIPE_WEBHOOK_SECRET: undefined }],
  ])("is refused when the signing secret is %s", async (_what, value) => {
    respondWith(value);
    await expect(createSigningSecretReader("s", client).current()).rejects.toThrow(/STRIPE_WEBHOOK_SECRET/);
  });

  test("that is no JSON is refused without showing any of it", async () => {
    respondWith("sk_test_very_secret");
    const error = await createSigningSecretReader("s", client).current().catch(String);
    expect(error).toMatch(/secret s is not usable/);
    expect(error).not.toMatch(/very_secret/);
  });

  test("that has no value yet is an error that says what gives it one", async () => {
    const unknown = Object.assign(new Error("can't find"), { name: "ResourceNotFoundException" });
    send.mockReturnValue(Promise.reject(unknown) as never);
    await expect(createSigningSecretReader("s", client).current()).rejects.toMatchObject({
      name: "SecretMissing",
      message: "the secret s has no value yet; npm run stripe:setup gives it one",
    });
  });

  test("is forgotten but for what its reader is for", async () => {
    await expect(createApiKeyReader("s", client).current()).resolves.toEqual({
      STRIPE_SECRET_KEY: "sk_test_1",
    });
    await expect(createSigningSecretReader("s", client).current()).resolves.toEqual({
      STRIPE_WEBHOOK_SECRET: ["whsec_1"],
    });
  });

  test("is fetched anew after five minutes", async () => {
    const reader = createSigningSecretReader("s", client);
    await reader.current();
    vi.advanceTimersByTime(300_001);
    await reader.current();
    expect(send).toHaveBeenCalledTimes(2);
  });

  test("is refreshed on demand, but not for every forged signature of a flood", async () => {
    const reader = createSigningSecretReader("s", client);
    await reader.current();
    respondWith({ ...valid, STRIPE_WEBHOOK_SECRET: "whsec_rotated" });
    await expect(reader.refreshed()).resolves.toMatchObject({ STRIPE_WEBHOOK_SECRET: ["whsec_rotated"] });
    for (let forgery = 0; forgery < 100; forgery += 1) await reader.refreshed();
    expect(send).toHaveBeenCalledTimes(6);
    vi.advanceTimersByTime(10_001);
    await reader.refreshed();
    expect(send).toHaveBeenCalledTimes(7);
  });

  test("is fetched by a request of its own when the one under way may have begun before the rotation", async () => {
    const reader = createSigningSecretReader("s", client);
    let answerFirst = () => {};
    const answer = new Promise((resolve) => {
      answerFirst = () => resolve({ SecretString: JSON.stringify(valid) });
    });
    send.mockReturnValueOnce(answer as never);
    const first = reader.current();
    respondWith({ ...valid, STRIPE_WEBHOOK_SECRET: "whsec_rotated" });
    const second = reader.refreshed();
    answerFirst();
    await expect(first).resolves.toMatchObject({ STRIPE_WEBHOOK_SECRET: ["whsec_1"] });
    await expect(second).resolves.toMatchObject({ STRIPE_WEBHOOK_SECRET: ["whsec_rotated"] });
  });

  test("stays as it was known while Secrets Manager is away", async () => {
    const reader = createSigningSecretReader("s", client);
    await reader.current();
    vi.advanceTimersByTime(300_001);
    goAway();
    await expect(reader.current()).resolves.toMatchObject({ STRIPE_WEBHOOK_SECRET: ["whsec_1"] });
  });

  test("that was never known is an error while Secrets Manager is away, and found once it is back", async () => {
    const reader = createSigningSecretReader("s", client);
    goAway();
    await expect(reader.current()).rejects.toThrow("away");
    respondWith(valid);
    await expect(reader.current()).resolves.toMatchObject({ STRIPE_WEBHOOK_SECRET: ["whsec_1"] });
  });
});
