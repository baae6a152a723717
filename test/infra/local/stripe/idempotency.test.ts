import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#infra/local/storage/database.ts";
import { answerOnce } from "#infra/local/stripe/api/answer-once.ts";
import { NEUTRAL_KNOBS } from "#infra/local/stripe/control/knobs.ts";
import { StripeApiError } from "#infra/local/stripe/errors.ts";
import { createState } from "#infra/local/stripe/state.ts";
import { clientWith, makeDataDir, purchase, SECRET_KEY, startFixture } from "./stripe-fixture.ts";

const KEY = { idempotencyKey: "checkout/user-ada/TEST-COURSE-003/first" };

test("the same key and parameters get the saved answer, marked as replayed", async () => {
  const { stripe } = await startFixture();

  const first = await stripe.checkout.sessions.create(purchase, KEY);
  const again = await stripe.checkout.sessions.create(purchase, KEY);

  expect(again).toEqual(first);
  expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
  expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
  expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
});

test("the same parameters in another order are the same request", async () => {
  const { stripe } = await startFixture();
  const first = await stripe.checkout.sessions.create(purchase, KEY);

  const reordered = Object.fromEntries(Object.entries(purchase).toReversed());

  expect((await stripe.checkout.sessions.create(reordered, KEY)).id).toBe(first.id);
});

test("the same key at the same time makes one session for clients that try again", async () => {
  const { standIn } = await startFixture();
  const stripe = clientWith(standIn, SECRET_KEY, { maxNetworkRetries: 3 });

  const sessions = await Promise.all(
    Array.from({ length: 5 }, () => stripe.checkout.sessions.create(purchase, KEY)),
  );

  expect(new Set(sessions.map(({ id }) => id)).size).toBe(1);
  expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
});

test("a key whose request is still executed is refused until that has ended", async () => {
  const state = await makeState();
  const request = { key: "k", url: "/v1/customers", parameters: {}, requestId: "req_1" };
  let end: (value?: unknown) => void = () => undefined;
  const ended = new Promise((resolve) => {
    end = resolve;
  });

  const first = answerOnce(request, state, async () => {
    await ended;
    throw new StripeApiError(503, { type: "api_error", message: "away" });
  });

  await expect(answerOnce(request, state, neverRun)).rejects.toMatchObject({
    status: 409,
    body: { type: "invalid_request_error", code: "idempotency_key_in_use" },
  });
  end();
  expect(await first).toMatchObject({ status: 503, replayed: false });
  const again = await answerOnce({ ...request, requestId: "req_2" }, state, neverRun);
  expect(again).toMatchObject({ status: 503, replayed: true, requestId: "req_1" });
});

test("the same key with other parameters, or for another endpoint, is refused", async () => {
  const { stripe } = await startFixture();
  await stripe.checkout.sessions.create(purchase, KEY);
  const refusal = { type: "StripeIdempotencyError", statusCode: 400 };

  const others = stripe.checkout.sessions.create({ ...purchase, client_reference_id: "user-alan" }, KEY);
  await expect(others).rejects.toMatchObject(refusal);
  const elsewhere = stripe.customers.create({ email: "ada@example.com" }, KEY);
  await expect(elsewhere).rejects.toMatchObject(refusal);
});

test("parameters that make no sense do not use up the key", async () => {
  const { stripe } = await startFixture();
  const senseless = { ...purchase, colour: "blue" } as typeof purchase;
  await expect(stripe.checkout.sessions.create(senseless, KEY)).rejects.toMatchObject({ statusCode: 400 });

  const session = await stripe.checkout.sessions.create(purchase, KEY);

  expect(session.status).toBe("open");
});

test("a refusal by what the account has is kept, although the reason is gone", async () => {
  const { stripe } = await startFixture();
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 4900,
    product_data: { name: "A course" },
    active: false,
  });
  const wanted = { ...purchase, line_items: [{ price: price.id, quantity: 1 }] };
  const refusal = { statusCode: 400, param: "line_items[0][price]" };
  await expect(stripe.checkout.sessions.create(wanted, KEY)).rejects.toMatchObject(refusal);
  await stripe.prices.update(price.id, { active: true });

  const again = stripe.checkout.sessions.create(wanted, KEY);

  await expect(again).rejects.toMatchObject({
    ...refusal,
    headers: { "idempotent-replayed": "true", "stripe-should-retry": "false" },
  });
  const withoutKey = await stripe.checkout.sessions.create(wanted, { idempotencyKey: "another" });
  expect(withoutKey.status).toBe("open");
});

test("keys are remembered across a restart", async () => {
  const fixture = await startFixture();
  const first = await fixture.stripe.checkout.sessions.create(purchase, KEY);

  await fixture.restart();

  expect((await fixture.stripe.checkout.sessions.create(purchase, KEY)).id).toBe(first.id);
});

async function makeState() {
  const database = await openDatabase(await makeDataDir());
  onTestFinished(() => database.close());
  return createState(database, NEUTRAL_KNOBS, () => false);
}

async function neverRun(): Promise<never> {
  throw new Error("the request is executed a second time");
}
