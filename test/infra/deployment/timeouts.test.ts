import { describe, expect, test } from "vitest";
import { LAST_WORDS_MS, LONGEST_ANSWER_MS, longestOf, PATIENCE } from "#handlers/adapters/patience.ts";
import { OVERFLOW_CONSUMER } from "#infra/deployment/queues.ts";
import { SIGNING_SECRET_COPY } from "#infra/deployment/signing-secret-copy.ts";
import { STEPS } from "#infra/deployment/steps.ts";
import { TIMEOUT_SECONDS } from "#infra/deployment/timeouts.ts";

/** Milliseconds that callers wait which are not ours. */
const STRIPE_WAITS = 20_000;
const GATEWAY_WAITS = 29_000;

const { webhook, request, background, checkout, courtesy, expiry, records } = PATIENCE;
/** A call of Stripe's reads the secret first, and the first one loads the SDK. */
const ofStripe = (patience: typeof checkout) => longestOf(patience) + 1_000;

describe("the webhook", () => {
  const [secret, start, queue] = [longestOf(webhook), longestOf(webhook), longestOf(webhook)];

  test("answers within 12 seconds whichever one service never answers; the secret is read twice after a rotation", () => {
    expect(Math.max(2 * secret, start, queue)).toBeLessThan(12_000);
  });

  test("answers before Stripe has gone, whichever two never answer", () => {
    expect(secret + start + queue).toBeLessThan(STRIPE_WAITS);
  });

  test("has time for all of it", () => {
    expect(2 * secret + start + queue).toBeLessThan(TIMEOUT_SECONDS.webhook * 1_000);
  });
});

describe("a request of a student's", () => {
  test("is answered within 15 seconds though Stripe never answers, not even about the student's name", () => {
    expect(ofStripe(courtesy) + ofStripe(checkout)).toBeLessThanOrEqual(LONGEST_ANSWER_MS);
    expect(LONGEST_ANSWER_MS).toBeLessThan(15_000);
  });

  test("is answered before the function and the gateway end", () => {
    expect(LONGEST_ANSWER_MS).toBeLessThan(TIMEOUT_SECONDS.api * 1_000);
    expect(TIMEOUT_SECONDS.api * 1_000).toBeLessThan(GATEWAY_WAITS);
  });
});

/** Of a step, in a row: a write without an answer is followed by a look at what became of it. */
const UNANSWERED: Record<string, number> = { WriteEnrollment: 2 };

test.each(Object.entries(STEPS))(
  "%s has time for a call that is never answered, for noting it and for saying so",
  (state, step) => {
    const noting = longestOf(request);
    const unanswered = (UNANSWERED[state] ?? 1) * longestOf(request);
    expect(unanswered + noting + LAST_WORDS_MS).toBeLessThan(step.timeoutSeconds * 1_000);
    if (step.callsStripe)
      expect(ofStripe(expiry) + noting + LAST_WORDS_MS).toBeLessThan(step.timeoutSeconds * 1_000);
  },
);

test("the overflow queue's consumer has time for an event, and for a notice", () => {
  const time = OVERFLOW_CONSUMER.timeoutSeconds * 1_000 - LAST_WORDS_MS;
  expect(longestOf(background)).toBeLessThan(time);
  expect(ofStripe(checkout) + 2 * longestOf(request)).toBeLessThan(time);
});

test("the sweep and the signing secret's copy have time for what is never answered", () => {
  expect(longestOf(records) + longestOf(background) + LAST_WORDS_MS).toBeLessThan(
    TIMEOUT_SECONDS.reconcile * 1_000,
  );
  expect(longestOf(request)).toBeLessThan(SIGNING_SECRET_COPY.timeoutSeconds * 1_000);
});
