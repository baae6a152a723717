import { Stripe } from "stripe";
import { describe, expect, test } from "vitest";
import { sentenceFor } from "#infra/command-line/sentence-for.ts";

const named = (name: string, message = "", more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });
const ofAws = (name: string, message = "") => named(name, message, { $metadata: { httpStatusCode: 400 } });
const ofNode = (code: string, more: object = {}) =>
  Object.assign(new Error(`it failed: ${code}`), { code, ...more });

describe("what AWS says", () => {
  test.each([
    [
      "CredentialsProviderError",
      "Could not load credentials from any providers",
      "There are no AWS credentials.",
    ],
    [
      "CredentialsProviderError",
      "The SSO session associated with this profile has expired.",
      "The sign-in to AWS has expired.",
    ],
    [
      "CredentialsProviderError",
      "Could not resolve credentials using profile: [x]",
      "AWS's configuration has no usable profile",
    ],
    ["Error", "Region is missing", "The AWS region is not known."],
    [
      "ExpiredTokenException",
      "The security token included in the request is expired",
      "AWS refuses the credentials",
    ],
    ["UnrecognizedClientException", "The security token is invalid.", "AWS refuses the credentials"],
    [
      "InvalidSignatureException",
      "Signature expired: 20261125T1 is now earlier than",
      "AWS refuses the request as too old or too new.",
    ],
    ["ThrottlingException", "Rate exceeded", "AWS is asked too much"],
    ["DecryptionFailure", "Secrets Manager can't decrypt", "AWS cannot use the key"],
    ["InternalServiceError", "An error occurred on the server side", "AWS answers with an error of its own."],
    [
      "StateMachineDoesNotExist",
      "State Machine Does Not Exist: 'arn'",
      "What this works on is not in this AWS account",
    ],
    [
      "SyntaxError",
      "Unexpected token '<'\n  Deserialization error: to see the raw",
      "What answers is not AWS.",
    ],
    [
      "ValidationException",
      "One or more parameter values were invalid",
      "AWS refuses this (ValidationException: One or more",
    ],
  ])("%s: %s", (name, message, said) => {
    expect(sentenceFor(ofAws(name, message)).startsWith(said)).toBe(true);
  });

  test("of a permission that is missing names it", () => {
    const message =
      "User: arn:aws:sts::1:assumed-role/x is not authorized to perform: secretsmanager:PutSecretValue on resource: learnermax/stripe because no identity-based policy allows it";
    expect(sentenceFor(ofAws("AccessDeniedException", message))).toBe(
      "AWS does not allow you secretsmanager:PutSecretValue on learnermax/stripe. Add that permission to your role, or choose another AWS_PROFILE.",
    );
  });
});

describe("what Stripe says", () => {
  const facts = { message: "No such customer: 'ada@example.com' with key sk_test_secret", statusCode: 400 };

  test.each<[string, Error, string]>([
    [
      "a key that it does not know",
      new Stripe.errors.StripeAuthenticationError(facts),
      "Stripe does not know the secret key.",
    ],
    ["a restricted key", new Stripe.errors.StripePermissionError(facts), "Stripe's key may not do this."],
    ["too many requests", new Stripe.errors.StripeRateLimitError(facts), "Stripe is asked too much"],
    [
      "an error of its own",
      new Stripe.errors.StripeAPIError({ ...facts, statusCode: 500 }),
      "Stripe answers with an error of its own (status 500).",
    ],
    [
      "a refusal",
      new Stripe.errors.StripeInvalidRequestError({ ...facts, code: "resource_missing", param: "url" }),
      "Stripe refuses this (resource_missing, parameter url).",
    ],
    [
      "a page that is not its",
      new Stripe.errors.StripeAPIError({ message: "Invalid JSON received" }),
      "What answers is not Stripe.",
    ],
    [
      "nothing",
      new Stripe.errors.StripeConnectionError({
        message: "An error",
        detail: ofNode("ECONNREFUSED", { address: "127.0.0.1", port: 1 }) as never,
      }),
      "Nothing answers at 127.0.0.1:1.",
    ],
  ])("of %s repeats neither its message nor a key", (_what, error, said) => {
    expect(sentenceFor(error).startsWith(said)).toBe(true);
    expect(sentenceFor(error)).not.toMatch(/ada@|sk_test/);
  });
});

describe("what the network says", () => {
  test.each<[string, Error, string]>([
    [
      "nobody listens",
      ofNode("ECONNREFUSED", { message: "connect ECONNREFUSED 127.0.0.1:4566" }),
      "Nothing answers at 127.0.0.1:4566.",
    ],
    [
      "nobody listens at any of several addresses",
      Object.assign(new AggregateError([ofNode("ECONNREFUSED", { address: "::1", port: 4566 })]), {
        code: "ECONNREFUSED",
      }),
      "Nothing answers at ::1:4566.",
    ],
    [
      "fetch hides it",
      new TypeError("fetch failed", { cause: ofNode("ENOTFOUND", { hostname: "nowhere.invalid" }) }),
      "There is no host nowhere.invalid",
    ],
    [
      "nothing comes back",
      named("TimeoutError", "a request has exceeded the configured 5000 ms requestTimeout."),
      "No answer came from what was asked in time.",
    ],
    ["it breaks off", ofNode("ECONNRESET"), "The connection to what was asked was cut"],
    ["a proxy has its own certificate", ofNode("SELF_SIGNED_CERT_IN_CHAIN"), "No secure connection"],
  ])("when %s", (_what, error, said) => {
    expect(sentenceFor(error).startsWith(said)).toBe(true);
  });
});

test("what is ours is said as it is, and silence is not shown as nothing", () => {
  expect(sentenceFor(new Error("Add --live if students are to pay."))).toBe(
    "Add --live if students are to pay.",
  );
  expect(sentenceFor(new Error(""))).toBe("Error was thrown, without a word of explanation.");
  expect(sentenceFor("a text")).toBe("Something that is not an error was thrown.");
});
