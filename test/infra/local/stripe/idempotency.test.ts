import { expect, test } from "vitest";
import { purchase, startFixture } from "./stripe-fixture.ts";

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

test("the same key at the same time makes one session", async () => {
  const { stripe } = await startFixture();

  const sessions = await Promise.all(
    Array.from({ length: 5 }, () => stripe.checkout.sessions.create(purchase, KEY)),
  );

  expect(new Set(sessions.map(({ id }) => id)).size).toBe(1);
  expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
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

test("a refused request does not use up its key", async () => {
  const { stripe } = await startFixture();
  const { line_items: _, ...incomplete } = purchase;
  await expect(stripe.checkout.sessions.create(incomplete, KEY)).rejects.toMatchObject({ statusCode: 400 });

  const session = await stripe.checkout.sessions.create(purchase, KEY);

  expect(session.status).toBe("open");
});

test("keys are remembered across a restart", async () => {
  const fixture = await startFixture();
  const first = await fixture.stripe.checkout.sessions.create(purchase, KEY);

  await fixture.restart();

  expect((await fixture.stripe.checkout.sessions.create(purchase, KEY)).id).toBe(first.id);
});
