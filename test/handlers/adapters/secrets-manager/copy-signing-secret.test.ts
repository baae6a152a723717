import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { copySigningSecret } from "#handlers/adapters/secrets-manager/copy-signing-secret.ts";
import type { SecretStore } from "#handlers/adapters/secrets-manager/secret-store.ts";

const names = { from: "learnermax/stripe", to: "learnermax/signing-secret" };
const keys = {
  STRIPE_SECRET_KEY: "sk_live_1",
  STRIPE_PUBLISHABLE_KEY: "pk_live_1",
  STRIPE_WEBHOOK_SECRET: "whsec_1,whsec_2",
  STRIPE_WEBHOOK_ENDPOINT_ID: "we_1",
};

const values = new Map<string, string>();
let writes = 0;
const secrets: SecretStore = {
  readSecret: async (name) => values.get(name),
  createSecret: () => Promise.reject(new Error("nothing is made here")),
  async replaceSecret(name, value) {
    writes += 1;
    values.set(name, value);
  },
};
const write = (value: unknown) =>
  values.set(names.from, typeof value === "string" ? value : JSON.stringify(value));
const copied = () => JSON.parse(values.get(names.to) ?? "null") as unknown;

beforeEach(() => {
  values.clear();
  writes = 0;
});

describe("the webhook's secret", () => {
  test("has the signing secrets, the mode and the account, and no key of any kind", async () => {
    write({ ...keys, STRIPE_ACCOUNT_ID: "acct_1", ANOTHER_KEY: "sk_live_2" });
    await expect(copySigningSecret(secrets, names)).resolves.toBe("copied");
    expect(copied()).toEqual({
      STRIPE_WEBHOOK_SECRET: ["whsec_1", "whsec_2"],
      STRIPE_ACCOUNT_ID: "acct_1",
      STRIPE_MODE: "live",
    });
  });

  test("is not written again while nothing has changed", async () => {
    write(keys);
    await copySigningSecret(secrets, names);
    await expect(copySigningSecret(secrets, names)).resolves.toBe("unchanged");
    expect(writes).toBe(1);
  });

  test("stays as it is while there is nothing to copy", async () => {
    values.set(names.to, "{}");
    await expect(copySigningSecret(secrets, names)).resolves.toBe("nothing to copy");
    expect(writes).toBe(0);
  });

  test.each([
    ["is no JSON", "sk_live_oops"],
    ["has no signing secret", { ...keys, STRIPE_WEBHOOK_SECRET: undefined }],
    ["has a blank one", { ...keys, STRIPE_WEBHOOK_SECRET: " " }],
  ])("stays as it is when what was written %s, and nothing of it is quoted", async (_what, value) => {
    values.set(names.to, "{}");
    write(value);
    const error = await copySigningSecret(secrets, names).catch(String);
    expect(error).toMatch(/secret learnermax\/stripe is not usable/);
    expect(error).not.toMatch(/oops|whsec|sk_/);
    expect(writes).toBe(0);
  });

  test.each<[string, Record<string, unknown>, string | undefined]>([
    ["a live key", {}, "live"],
    ["a test key", { STRIPE_SECRET_KEY: "rk_test_1" }, "test"],
    ["an organisation's key", { STRIPE_SECRET_KEY: "sk_org_live_1" }, "live"],
    ["a bad key beside a publishable one", { STRIPE_SECRET_KEY: "oops" }, "live"],
    ["no key", { STRIPE_SECRET_KEY: undefined, STRIPE_PUBLISHABLE_KEY: null }, undefined],
  ])("is of the mode of %s", async (_what, others, mode) => {
    write({ ...keys, ...others });
    await copySigningSecret(secrets, names);
    expect(copied()).toMatchObject({ STRIPE_WEBHOOK_SECRET: ["whsec_1", "whsec_2"] });
    expect((copied() as { STRIPE_MODE?: string }).STRIPE_MODE).toBe(mode);
  });

  test("is the newest in the end, in whatever order copies and writings come", async () => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      values.clear();
      write({ ...keys, STRIPE_WEBHOOK_SECRET: "whsec_1" });
      const slow: SecretStore = {
        ...secrets,
        readSecret: (name) => scheduler.scheduleFunction(secrets.readSecret)(name),
        replaceSecret: (name, value) => scheduler.scheduleFunction(secrets.replaceSecret)(name, value),
      };
      const rotate = async () => {
        write({ ...keys, STRIPE_WEBHOOK_SECRET: "whsec_2" });
        await copySigningSecret(slow, names);
      };
      const all = Promise.all([
        copySigningSecret(slow, names),
        scheduler.schedule(Promise.resolve()).then(rotate),
      ]);
      await scheduler.waitFor(all);
      expect(copied()).toMatchObject({ STRIPE_WEBHOOK_SECRET: ["whsec_2"] });
    });
    await fc.assert(property, { numRuns: 200 });
  });
});
