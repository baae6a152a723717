import type { Stripe } from "stripe";
import { expect, test } from "vitest";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { CARD, startFixture } from "./stripe-fixture.ts";

const cardNumber = (number: string) => ({ ...CARD, number });

// Written out, since it is Stripe who says what becomes of a number: https://docs.stripe.com/testing
test.each([
  ["4000000000000002", "card_declined", "generic_decline"],
  ["4000000000009995", "card_declined", "insufficient_funds"],
  ["4000000000009987", "card_declined", "lost_card"],
  ["4000000000009979", "card_declined", "stolen_card"],
  ["4000000000000069", "expired_card", undefined],
  ["4000000000000127", "incorrect_cvc", undefined],
  ["4000000000000119", "processing_error", undefined],
])("card %s is refused with %s %s, and another card still pays", async (number, code, declineCode) => {
  const { confirm, createSession, deliveredTypes, stripe } = await startFixture();
  const session = await createSession();

  const refused = await confirm(session, cardNumber(number));

  expect(refused.status).toBe(402);
  expect(refused.body["error"]).toMatchObject({ type: "card_error", code });
  expect((refused.body["error"] as { decline_code?: string }).decline_code).toBe(declineCode);
  const open = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  expect(open).toMatchObject({
    status: "open",
    payment_intent: { status: "requires_payment_method", last_payment_error: { code } },
  });
  await expect.poll(deliveredTypes).toContain("payment_intent.payment_failed");

  expect((await confirm(session)).status).toBe(200);
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  expect(paid).toMatchObject({
    payment_status: "paid",
    payment_intent: {
      id: (open.payment_intent as Stripe.PaymentIntent).id,
      status: "succeeded",
      last_payment_error: null,
    },
  });
});

test.each([
  [{ ...CARD, number: "4242424242424241" }, "incorrect_number", "number"],
  [{ ...CARD, number: "4242" }, "incorrect_number", "number"],
  [{ ...CARD, expiry: "13/34" }, "invalid_expiry_month", "exp_month"],
  [{ ...CARD, expiry: "12/20" }, "invalid_expiry_year", "exp_year"],
  [{ ...CARD, cvc: "12" }, "invalid_cvc", "cvc"],
])("%o is refused before any bank is asked", async (paymentMethod, code, param) => {
  const { confirm, createSession, stripe } = await startFixture();
  const session = await createSession();

  const refused = await confirm(session, paymentMethod);

  expect(refused).toMatchObject({ status: 402, body: { error: { type: "card_error", code, param } } });
  expect((await stripe.checkout.sessions.retrieve(session.id)).payment_intent).toBeNull();
});

test("a number that is nobody's test card is declined as in Stripe's test mode", async () => {
  const { confirm, createSession } = await startFixture();

  const refused = await confirm(await createSession(), cardNumber("4111111111111111"));

  expect(refused.body["error"]).toMatchObject({ decline_code: "test_mode_live_card" });
});

test("3-D Secure asks the student first and then pays", async () => {
  const { confirm, createSession, stripe } = await startFixture();
  const session = await createSession();

  const asked = await confirm(session, cardNumber(CARDS.authenticated));
  const waiting = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  const passed = await confirm(session, cardNumber(CARDS.authenticated), { threeDSecure: "complete" });

  expect(asked).toEqual({ status: 200, body: { status: "requires_action" } });
  expect(waiting).toMatchObject({ status: "open", payment_intent: { status: "requires_action" } });
  expect(passed.body).toMatchObject({ status: "complete" });
});

test("3-D Secure that the student fails charges nothing and leaves the session open", async () => {
  const { confirm, createSession, stripe } = await startFixture();
  const session = await createSession();
  await confirm(session, cardNumber(CARDS.authenticated));

  const failed = await confirm(session, cardNumber(CARDS.authenticated), { threeDSecure: "fail" });

  expect(failed).toMatchObject({
    status: 402,
    body: { error: { code: "payment_intent_authentication_failure" } },
  });
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: "open" });
});

test("a bank can decline after 3-D Secure", async () => {
  const { confirm, createSession } = await startFixture();
  const session = await createSession();
  await confirm(session, cardNumber(CARDS.authenticatedThenDeclined));

  const declined = await confirm(session, cardNumber(CARDS.authenticatedThenDeclined), {
    threeDSecure: "complete",
  });

  expect(declined).toMatchObject({ status: 402, body: { error: { code: "card_declined" } } });
});
