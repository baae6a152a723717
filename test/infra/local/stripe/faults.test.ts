import { expect, test } from "vitest";
import { clientWith, purchase, SECRET_KEY, startFixture } from "./stripe-fixture.ts";

const KEY = { idempotencyKey: "checkout/user-ada/TEST-COURSE-003/first" };

test("the API fails as often as the knob asks, then works again", async () => {
  const { stripe, turnKnobs } = await startFixture();

  await turnKnobs({ failApi: { status: 503, count: 2 } });
  const failure = { type: "StripeAPIError", statusCode: 503 };
  await expect(stripe.balance.retrieve()).rejects.toMatchObject(failure);
  await expect(stripe.balance.retrieve()).rejects.toMatchObject(failure);
  expect((await stripe.balance.retrieve()).object).toBe("balance");

  await turnKnobs({ failApi: { status: 429 } });
  await expect(stripe.balance.retrieve()).rejects.toMatchObject({ type: "StripeRateLimitError" });
  await turnKnobs({ failApi: null });
  expect((await stripe.balance.retrieve()).object).toBe("balance");
});

test.each([
  ["before", "executed by the next request", 1, undefined],
  ["during", "never executed", 0, "true"],
  ["after", "executed, though the answer says otherwise", 1, "true"],
] as const)("a failure %s execution: the session is %s", async (moment, _what, sessions, replayed) => {
  const { stripe, turnKnobs } = await startFixture();
  await turnKnobs({ failApi: { status: 500, count: 1, moment } });

  const first = stripe.checkout.sessions.create(purchase, KEY);
  await expect(first).rejects.toMatchObject({ type: "StripeAPIError", statusCode: 500 });
  const again = await stripe.checkout.sessions
    .create(purchase, KEY)
    .then(({ lastResponse }) => lastResponse)
    .catch((error: { statusCode: number; headers: Record<string, string> }) => error);

  expect(again).toMatchObject({ statusCode: replayed ? 500 : 200 });
  expect(again.headers["idempotent-replayed"]).toBe(replayed);
  expect((await stripe.checkout.sessions.list()).data).toHaveLength(sessions);
});

test("a kept failure tells the SDK not to try again, for the answer would be the same", async () => {
  const { standIn, turnKnobs } = await startFixture();
  const stripe = clientWith(standIn, SECRET_KEY, { maxNetworkRetries: 2 });
  await turnKnobs({ failApi: { status: 500, moment: "during", count: 1 } });

  const creating = stripe.checkout.sessions.create(purchase);

  await expect(creating).rejects.toMatchObject({
    headers: { "stripe-should-retry": "false" },
    requestId: expect.stringMatching(/^req_/),
  });
  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
});

test("only the requests that the knob names go wrong", async () => {
  const { createSession, stripe, turnKnobs } = await startFixture();
  await turnKnobs({ failApi: { status: 500, path: "/v1/checkout/sessions", method: "POST" } });

  await expect(createSession()).rejects.toMatchObject({ statusCode: 500 });

  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
  expect((await stripe.customers.create({ email: "ada@example.com" })).object).toBe("customer");
});

test("an API that hangs never answers what it took, and goes on when the knob is turned back", async () => {
  const { standIn, stripe, turnKnobs } = await startFixture();
  const impatient = clientWith(standIn, SECRET_KEY, { timeout: 100 });
  await turnKnobs({ hangApi: { path: "/v1/checkout" } });

  const hanging = impatient.checkout.sessions.create(purchase);

  await expect(hanging).rejects.toMatchObject({ type: "StripeConnectionError" });
  expect((await stripe.balance.retrieve()).object).toBe("balance");
  await turnKnobs({ hangApi: null });
  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
});

test("an answer that is cut off was given all the same, and the SDK's next try under the key gets it", async () => {
  const { stripe, turnKnobs } = await startFixture();
  await turnKnobs({ cutApi: { moment: "after", count: 1, method: "POST" } });

  const session = await stripe.checkout.sessions.create(purchase, KEY);

  expect(session.lastResponse.headers["idempotent-replayed"]).toBe("true");
  expect((await stripe.checkout.sessions.list()).data).toMatchObject([{ id: session.id }]);
});

test("a connection that is always cut is a connection error", async () => {
  const { stripe, turnKnobs } = await startFixture();
  await turnKnobs({ cutApi: {} });

  await expect(stripe.checkout.sessions.create(purchase)).rejects.toMatchObject({
    type: "StripeConnectionError",
  });
  await turnKnobs({ cutApi: null });
  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
});

test("a failure that is kept while a checkout is opened can be asked for by name", async () => {
  const { createSession, keepFailure, stripe } = await startFixture();
  await keepFailure();
  await expect(stripe.checkout.sessions.create(purchase, KEY)).rejects.toMatchObject({ statusCode: 500 });

  await expect(stripe.checkout.sessions.create(purchase, KEY)).rejects.toMatchObject({
    headers: { "idempotent-replayed": "true" },
  });
  expect((await createSession()).status).toBe("open");
});

test("a knob that does not exist is refused by name", async () => {
  const { turnKnobs } = await startFixture();

  await expect(turnKnobs({ speed: 11 } as object)).rejects.toThrow("speed");
});
