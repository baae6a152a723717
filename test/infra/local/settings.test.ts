import path from "node:path";
import { describe, expect, test } from "vitest";
import { readLocalSettings } from "#infra/local/settings.ts";

const ownKeys = {
  STRIPE_SECRET_KEY: "sk_test_mine",
  STRIPE_PUBLISHABLE_KEY: "pk_test_mine",
  STRIPE_WEBHOOK_SECRET: "whsec_mine",
};

describe("the one-machine deployment's settings", () => {
  test("are the design's ports, .bursar and the stand-in unless told otherwise", () => {
    expect(readLocalSettings({})).toEqual({
      ports: { http: 3000, aws: 4566, stripe: 12_111, signIn: 9080, console: 4567 },
      dataDir: path.resolve(".bursar"),
      stripe: expect.objectContaining({ standIn: true }) as object,
      checkout: {},
      seller: { name: "Bursar" },
    });
  });

  test("say who sells, and name every fault of it at once", () => {
    const { seller } = readLocalSettings({
      SELLER_NAME: "Acme Academy",
      SELLER_SUPPORT: "help@acme.example",
    });
    expect(seller).toEqual({ name: "Acme Academy", support: "help@acme.example" });
    const odd = { SELLER_LOGO: "http://acme.example/logo.png", SELLER_ACCENT: "red", SELLER_SUPPORT: "us" };
    expect(() => readLocalSettings(odd)).toThrow(
      /SELLER_LOGO must be an https address; SELLER_ACCENT must be a colour like #0f6f64; SELLER_SUPPORT must be an e-mail address or an https address/,
    );
  });

  test("with test keys use Stripe itself", () => {
    expect(readLocalSettings(ownKeys).stripe).toEqual({
      standIn: false,
      secretKey: "sk_test_mine",
      publishableKey: "pk_test_mine",
      webhookSecret: "whsec_mine",
    });
  });

  test.each(["STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET"])(
    "say that %s is missing beside a secret key",
    (name) => {
      expect(() => readLocalSettings({ ...ownKeys, [name]: "" })).toThrow(name);
    },
  );

  test.each([
    ["STRIPE_SECRET_KEY", "sk_live_mine"],
    ["STRIPE_SECRET_KEY", "rk_live_mine"],
    ["STRIPE_PUBLISHABLE_KEY", "pk_live_mine"],
  ])("refuse a live %s without repeating it", (name, key) => {
    const read = () => readLocalSettings({ ...ownKeys, [name]: key });
    expect(read).toThrow(name);
    expect(read).not.toThrow(key);
  });

  test("have what the checkout is to have besides, and refuse another word for it", () => {
    const checkout = { CHECKOUT_TAX: "inclusive", CHECKOUT_PROMOTION_CODES: "on" };
    expect(readLocalSettings({ ...checkout, CHECKOUT_TERMS: "" }).checkout).toEqual(checkout);
    expect(() => readLocalSettings({ CHECKOUT_TAX: "yes" })).toThrow(/CHECKOUT_TAX .*exclusive/);
  });

  test("name every fault at once", () => {
    expect(() => readLocalSettings({ PORT: "http", AWS_PORT: "70000" })).toThrow(
      /PORT must be a port number; AWS_PORT must be a port number/,
    );
  });
});
