import { Stripe } from "stripe";
import { describe, expect, test } from "vitest";
import { createStripeCheckout } from "#handlers/adapters/stripe/checkout-sessions.ts";
import { explainRefusal } from "#handlers/adapters/stripe/refusals.ts";
import { checkoutOptionsOf } from "#handlers/checkout-options.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { CheckoutRefused } from "#workflow/ports/payments.ts";

const invalid = (code: string | undefined, param: string | undefined) =>
  new Stripe.errors.StripeInvalidRequestError({
    type: "invalid_request_error",
    message: "Invalid email address: ada@example.com",
    ...(code && { code }),
    ...(param && { param }),
    statusCode: 400,
  } as never);
const failed = (statusCode: number) =>
  new Stripe.errors.StripeAPIError({ type: "api_error", message: "Oops", statusCode } as never);
const pinned = new Stripe.errors.StripeIdempotencyError({
  type: "idempotency_error",
  message: "Keys for idempotent requests ...",
  statusCode: 400,
} as never);

test.each<[string, Error, Partial<CheckoutRefused>]>([
  [
    "an archived price",
    invalid("price_inactive", "line_items[0][price]"),
    { reason: "course", code: "price_inactive", param: "line_items[0][price]" },
  ],
  [
    "a missing price",
    invalid("resource_missing", "line_items[0][price]"),
    { reason: "course", code: "resource_missing" },
  ],
  [
    "an amount that is too small",
    invalid("amount_too_small", undefined),
    { reason: "course", code: "amount_too_small", param: "none" },
  ],
  [
    "what it does not say",
    invalid(undefined, undefined),
    { reason: "course", code: "status 400", param: "none" },
  ],
  [
    "a customer who is gone",
    invalid("resource_missing", "customer"),
    { reason: "customer", code: "resource_missing" },
  ],
  [
    "an address that is none",
    invalid("email_invalid", "customer_email"),
    { reason: "email", code: "email_invalid", param: "customer_email" },
  ],
  ["an address, by its code", invalid("email_invalid", undefined), { reason: "email" }],
  ["an address, by its parameter", invalid(undefined, "customer_email"), { reason: "email" }],
  ["another request under the key", pinned, { reason: "answer", code: "status 400" }],
  ["with a failure of its own, which it keeps", failed(500), { reason: "answer", code: "status 500" }],
])("Stripe refuses %s", (_what, error, expected) => {
  const explained = explainRefusal(error);
  expect(explained).toBeInstanceOf(CheckoutRefused);
  expect(explained).toMatchObject(expected);
  expect(JSON.stringify([explained, String(explained)])).not.toContain("ada@example.com");
});

test.each([
  new Stripe.errors.StripeConnectionError({ type: "api_error", message: "x" } as never),
  new Stripe.errors.StripeRateLimitError({
    type: "rate_limit_error",
    message: "x",
    statusCode: 429,
  } as never),
  new Stripe.errors.StripeAuthenticationError({
    type: "authentication_error",
    message: "x",
    statusCode: 401,
  } as never),
  new Error("x"),
])("what another request would not help against stays what it is: %s", (error) => {
  expect(explainRefusal(error)).toBe(error);
});

describe("a request that Stripe refuses", () => {
  const provider = (error: Error) => {
    const refuse = () => Promise.reject(error);
    const stripe = { checkout: { sessions: { create: refuse } }, customers: { update: refuse } };
    const options = checkoutOptionsOf({});
    const place = { clientUrl: "https://courses.example.com", deploymentName: "bursar", options };
    return createStripeCheckout(async () => stripe as never, place);
  };

  test("to open a checkout is refused by its reason", async () => {
    const opening = provider(invalid("price_inactive", "line_items[0][price]")).openCheckout({
      student,
      course: paidCourse,
      attempt: 1,
    });
    await expect(opening).rejects.toMatchObject({ name: "CheckoutRefused", reason: "course" });
  });

  test("to change a customer who is gone is no error", async () => {
    const { updateCustomer } = provider(invalid("resource_missing", "id"));
    await expect(updateCustomer("cus_gone", student)).resolves.toBe(false);
  });

  test("to change a customer's address is refused without saying it", async () => {
    const { updateCustomer } = provider(invalid("email_invalid", "email"));
    const error = await updateCustomer("cus_1", student).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "CheckoutRefused", code: "email_invalid", param: "email" });
    expect(String(error)).not.toContain("ada@example.com");
  });

  test("because it is away is an error of its own", async () => {
    await expect(provider(failed(503)).updateCustomer("cus_1", student)).rejects.toMatchObject({
      type: "StripeAPIError",
    });
  });
});
