import * as fc from "fast-check";
import { Stripe } from "stripe";
import { describe, expect, test } from "vitest";
import { describeError, withoutPersonalData } from "#handlers/error-facts.ts";
import { CheckoutRefused } from "#workflow/ports/payments.ts";

const PERSONAL = [
  "ada@example.com",
  "sk_live_51Bursar",
  "whsec_abcdef",
  "cs_test_1_secret_abc",
  "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
];
const personal = fc.constantFrom(...PERSONAL);
const words = fc.constantFrom(
  "No such customer:",
  "Invalid email address:",
  "'",
  '"',
  " for ",
  "(",
  ") ",
  ", ",
);
const message = fc
  .array(fc.oneof(words, personal), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(" "));

const { errors } = Stripe;
const stripes = fc
  .record({
    Class: fc.constantFrom(
      errors.StripeInvalidRequestError,
      errors.StripeAuthenticationError,
      errors.StripeAPIError,
      errors.StripePermissionError,
      errors.StripeIdempotencyError,
      errors.StripeConnectionError,
    ),
    said: message,
    name: fc.constantFrom("Ada Lovelace", "Grace Hopper"),
  })
  .map(({ Class, said, name }) => {
    const isOurs = Class === errors.StripeConnectionError;
    return new Class({
      message: isOurs ? said : `${said} ${name}`,
      code: "resource_missing",
      param: "customer",
      requestId: "req_1",
      statusCode: 400,
    });
  });
const others = fc
  .record({
    Class: fc.constantFrom(Error, TypeError, RangeError, SyntaxError),
    said: message,
    name: fc.constantFrom("Error", "ValidationException"),
  })
  .map(({ Class, said, name }) => Object.assign(new Class(said), { name, cause: new Error(said) }));

/** Everything that a log, a history or Lambda's own report of an error would show. */
const shown = (error: unknown) => {
  const thrown = withoutPersonalData(error);
  const { name, message: said, stack, cause } = thrown;
  return JSON.stringify([describeError(error), name, said, stack, cause, thrown]);
};

test("whatever is thrown, what is told of it holds no address, name, key, token or client secret", () => {
  fc.assert(
    fc.property(fc.oneof(stripes, others), (error) => {
      for (const never of [...PERSONAL, "Lovelace", "Hopper"]) expect(shown(error)).not.toContain(never);
    }),
    { numRuns: 1_000 },
  );
});

describe("what an operator needs is told", () => {
  test("of Stripe: its kind of error, code, parameter and request", () => {
    const facts = { code: "email_invalid", param: "customer_email", requestId: "req_1", statusCode: 400 };
    const error = new errors.StripeInvalidRequestError({
      message: "Invalid email address: x@y",
      ...facts,
    });
    expect(describeError(error)).toEqual({
      errorName: "StripeInvalidRequestError",
      dependency: "Stripe",
      errorMessage: "Stripe refuses it: email_invalid: customer_email: status 400",
      code: "email_invalid",
      param: "customer_email",
      stripeRequestId: "req_1",
    });
  });

  test("of a connection to Stripe: what was wrong with it", () => {
    const error = new errors.StripeConnectionError({
      message: "Request aborted due to timeout being reached (10000ms)",
    });
    expect(describeError(error).errorMessage).toBe("Request aborted due to timeout being reached (10000ms)");
  });

  test("of a checkout that was refused: by what", () => {
    expect(describeError(new CheckoutRefused("course", "price_inactive", "line_items"))).toMatchObject({
      errorName: "CheckoutRefused",
      code: "price_inactive",
      param: "line_items",
    });
  });

  test("of our own: all, and the error stays itself", () => {
    const error = new Error("no checkout could be opened for TEST-COURSE-003 in 6 tries");
    expect(describeError(error).errorMessage).toBe(error.message);
    expect(withoutPersonalData(error)).toBe(error);
  });
});
