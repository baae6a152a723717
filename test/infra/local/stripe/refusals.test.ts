import { readFile } from "node:fs/promises";
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { generateSchema } from "#infra/local/stripe/generate-schemas.ts";
import { clientWith, PUBLISHABLE_KEY, purchase, startFixture } from "./stripe-fixture.ts";

const now = () => Math.floor(Date.now() / 1000);
const lineItem = (unit_amount: number, currency = "usd") => ({
  quantity: 1,
  price_data: { currency, unit_amount, product_data: { name: "A course" } },
});

test.each<[string, object, object]>([
  ["the ui_mode that is gone", { ui_mode: "embedded" }, { param: "ui_mode" }],
  ["a ui_mode that the stand-in lacks", { ui_mode: "hosted_page" }, { param: "ui_mode" }],
  ["an unknown parameter", { colour: "blue" }, { code: "parameter_unknown", param: "colour" }],
  [
    "an unknown parameter deep inside",
    { payment_intent_data: { colour: "blue" } },
    { code: "parameter_unknown", param: "payment_intent_data[colour]" },
  ],
  ["payment_method_types", { payment_method_types: ["card"] }, { code: "parameter_unknown" }],
  ["a success_url", { success_url: "http://localhost/" }, { param: "success_url" }],
  ["a cancel_url", { cancel_url: "http://localhost/" }, { param: "cancel_url" }],
  ["no return_url", { return_url: undefined }, { code: "parameter_missing", param: "return_url" }],
  ["a return_url that is none", { return_url: "course/1" }, { code: "url_invalid" }],
  ["no line items", { line_items: undefined }, { code: "parameter_missing", param: "line_items" }],
  ["no mode", { mode: undefined }, { code: "parameter_missing", param: "mode" }],
  ["a subscription", { mode: "subscription" }, { param: "mode" }],
  ["an early expiry", { expires_at: now() + 60 }, { param: "expires_at" }],
  ["a late expiry", { expires_at: now() + 25 * 3600 }, { param: "expires_at" }],
  ["an expiry in words", { expires_at: "soon" }, { code: "parameter_invalid_integer", param: "expires_at" }],
  [
    "an unknown customer",
    { customer: "cus_none", customer_creation: undefined },
    { code: "resource_missing" },
  ],
  ["customer with customer_creation", { customer: "cus_none" }, { param: "customer_creation" }],
  ["an unknown price", { line_items: [{ price: "price_none", quantity: 1 }] }, { code: "resource_missing" }],
  [
    "no quantity",
    { line_items: [{ ...lineItem(4900), quantity: undefined }] },
    { param: "line_items[0][quantity]" },
  ],
  ["half a cent", { line_items: [lineItem(4900.5)] }, { code: "parameter_invalid_integer" }],
  ["two currencies", { line_items: [lineItem(100), lineItem(100, "eur")] }, { param: "line_items" }],
  ["a discount", { discounts: [{ coupon: "half" }] }, { param: "discounts" }],
])("creating a session refuses %s", async (_what, change, refusal) => {
  const { stripe } = await startFixture();

  const creating = stripe.checkout.sessions.create({ ...purchase, ...change });

  await expect(creating).rejects.toMatchObject({
    type: "StripeInvalidRequestError",
    statusCode: 400,
    requestId: expect.stringMatching(/^req_/),
    ...refusal,
  });
});

test.each<[string, object]>([
  ["what is switched off", { allow_promotion_codes: false, automatic_tax: { enabled: false } }],
  ["half an hour and a bit", { expires_at: now() + 31 * 60 }],
  ["numbers and booleans in metadata", { metadata: { attempt: 2 } }],
  ["no redirect", { redirect_on_completion: "never", return_url: undefined }],
])("creating a session accepts %s", async (_what, change) => {
  const { stripe } = await startFixture();

  const session = await stripe.checkout.sessions.create({ ...purchase, ...change });

  expect(session.status).toBe("open");
});

test("a session can sell a price of the catalogue", async () => {
  const { createSession, stripe } = await startFixture();
  const product = await stripe.products.create({ name: "Course in the catalogue" });
  const price = await stripe.prices.create({ currency: "eur", unit_amount: 1900, product: product.id });

  const session = await createSession({
    line_items: [{ price: price.id, quantity: 2 }],
    expand: ["line_items.data.price.product"],
  });

  expect(session).toMatchObject({
    amount_total: 3800,
    currency: "eur",
    line_items: { data: [{ price: { id: price.id, product: { name: "Course in the catalogue" } } }] },
  });
});

test.each([
  ["a wrong key", "sk_test_wrong", "Invalid API Key provided"],
  ["the publishable key", PUBLISHABLE_KEY, "publishable API key"],
])("the API refuses %s", async (_what, key, message) => {
  const { standIn } = await startFixture();

  const asking = clientWith(standIn, key).checkout.sessions.list();

  await expect(asking).rejects.toMatchObject({
    type: "StripeAuthenticationError",
    statusCode: 401,
    message: expect.stringContaining(message),
  });
});

test("the API refuses a request without a key, and one that it does not know", async () => {
  const { standIn, stripe } = await startFixture();

  const anonymous = await fetch(`${standIn.url}/v1/balance`);

  expect(anonymous.status).toBe(401);
  await expect(stripe.taxRates.list()).rejects.toMatchObject({ statusCode: 404 });
  await expect(stripe.checkout.sessions.retrieve("cs_test_none")).rejects.toMatchObject({
    statusCode: 404,
    code: "resource_missing",
  });
});

test("a refusal says where Stripe explains it and where it is logged", async () => {
  const { stripe } = await startFixture();

  const refusal = await stripe.customers
    .retrieve("cus_none")
    .catch((error: Stripe.errors.StripeError) => error);

  expect(refusal).toMatchObject({
    type: "StripeInvalidRequestError",
    doc_url: "https://stripe.com/docs/error-codes/resource-missing",
    request_log_url: expect.stringMatching(
      `^https://dashboard.stripe.com/test/logs/${(refusal as Stripe.errors.StripeError).requestId}\\?t=\\d+$`,
    ),
  });
});

test("a property that holds no object cannot be expanded", async () => {
  const { createSession, stripe } = await startFixture();
  const { id } = await createSession();

  const asking = stripe.checkout.sessions.retrieve(id, { expand: ["colour"] });

  await expect(asking).rejects.toMatchObject({ message: "This property cannot be expanded (colour)." });
});

test("the committed schema is what the SDK's types give", { timeout: 120_000 }, async () => {
  const committed = new URL("../../../../infra/local/stripe/parameters.generated.json", import.meta.url);

  expect(generateSchema()).toBe(await readFile(committed, "utf8"));
});
