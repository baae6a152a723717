import { Stripe } from "stripe";
import { expect, test } from "vitest";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { CARD, PAID_DEBIT, purchase, REFUSED_DEBIT, SIGNING_SECRET, startFixture } from "./stripe-fixture.ts";

const cardNumber = (number: string) => ({ ...CARD, number });

test("a new session is open and unpaid, with its price and a client secret", async () => {
  const { createSession } = await startFixture();

  const session = await createSession();

  expect(session).toMatchObject({
    object: "checkout.session",
    status: "open",
    payment_status: "unpaid",
    ui_mode: "embedded_page",
    amount_subtotal: 4900,
    amount_total: 4900,
    currency: "usd",
    client_reference_id: "user-ada",
    payment_intent: null,
    customer: null,
    url: null,
    livemode: false,
  });
  expect(session.id).toMatch(/^cs_test_/);
  expect(session.client_secret).toMatch(new RegExp(`^${session.id}_secret_`));
  expect(session.line_items).toBeUndefined();
});

test("a card pays the session, charges its intent and makes the customer", async () => {
  const { confirm, createSession, stripe } = await startFixture();
  const session = await createSession();

  const answer = await confirm(session);

  expect(answer).toEqual({
    status: 200,
    body: { status: "complete", returnUrl: `http://localhost:3000/return?session=${session.id}` },
  });
  const paid = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["payment_intent.latest_charge", "customer", "line_items"],
  });
  expect(paid).toMatchObject({
    status: "complete",
    payment_status: "paid",
    client_secret: null,
    customer_details: { email: "ada@example.com" },
    customer: { email: "ada@example.com" },
    line_items: { data: [{ description: "A course", amount_total: 4900, price: { unit_amount: 4900 } }] },
    payment_intent: {
      status: "succeeded",
      amount_received: 4900,
      metadata: { userId: "user-ada", courseId: "TEST-COURSE-003" },
      latest_charge: { status: "succeeded", paid: true, amount: 4900, metadata: { userId: "user-ada" } },
    },
  });
});

test("the webhook is signed, says who sends it and carries the completed session", async () => {
  const { confirm, createSession, deliveriesOf, deliveredTypes } = await startFixture();
  const session = await createSession();

  await confirm(session);

  await expect
    .poll(() => deliveredTypes().toSorted())
    .toEqual([
      "charge.succeeded",
      "checkout.session.completed",
      "customer.created",
      "payment_intent.succeeded",
    ]);
  const [delivery] = deliveriesOf("checkout.session.completed");
  const event = Stripe.webhooks.constructEvent(
    delivery?.body ?? "",
    delivery?.signature ?? "",
    SIGNING_SECRET,
  );
  expect(event).toMatchObject({
    object: "event",
    api_version: "2026-10-28.endive",
    livemode: false,
    pending_webhooks: 1,
    data: {
      object: {
        id: session.id,
        payment_status: "paid",
        client_reference_id: "user-ada",
        metadata: { courseId: "TEST-COURSE-003" },
        customer_details: { email: "ada@example.com" },
        customer: expect.stringMatching(/^cus_/),
        payment_intent: expect.stringMatching(/^pi_/),
      },
    },
  });
  expect(delivery?.body).toContain('\n  "object": "event"');
  expect(delivery?.contentType).toBe("application/json; charset=utf-8");
  expect(delivery?.userAgent).toBe("Stripe/1.0 (+https://stripe.com/docs/webhooks)");
});

test("the customer of an earlier purchase is kept, and their email is prefilled", async () => {
  const { confirm, deliveredTypes, stripe } = await startFixture();
  const customer = await stripe.customers.create({ email: "grace@example.com", name: "Grace" });
  const { customer_creation: _, ...parameters } = purchase;

  const session = await stripe.checkout.sessions.create({ ...parameters, customer: customer.id });
  const { status } = await confirm(session, CARD, { email: undefined });

  expect(session.customer_details?.email).toBe("grace@example.com");
  expect(status).toBe(200);
  await expect.poll(deliveredTypes).toContain("checkout.session.completed");
  const completed = await stripe.checkout.sessions.retrieve(session.id);
  expect(completed).toMatchObject({ customer: customer.id, payment_status: "paid" });
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

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

test("a debit completes the session unpaid and succeeds later under another event", async () => {
  const { confirm, createSession, deliveriesOf, stripe, turnKnobs } = await startFixture({
    knobs: { asyncPaymentDelayMs: 60_000 },
  });
  const processing = await createSession();
  await confirm(processing, PAID_DEBIT);
  const waiting = await stripe.checkout.sessions.retrieve(processing.id, { expand: ["payment_intent"] });
  expect(waiting).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
    payment_intent: { status: "processing" },
  });

  await turnKnobs({ asyncPaymentDelayMs: 0 });
  const session = await createSession();
  await confirm(session, PAID_DEBIT);

  await expect.poll(() => deliveriesOf("checkout.session.async_payment_succeeded")).toHaveLength(1);
  const [succeeded] = deliveriesOf("checkout.session.async_payment_succeeded");
  const completed = deliveriesOf("checkout.session.completed").find(
    ({ event }) => (event.data.object as { id: string }).id === session.id,
  );
  expect(succeeded?.event.data.object).toMatchObject({ id: session.id, payment_status: "paid" });
  expect(completed?.event.data.object).toMatchObject({ payment_status: "unpaid" });
  expect(completed?.event.id).not.toBe(succeeded?.event.id);
});

test("a debit that the bank refuses leaves the session complete and unpaid", async () => {
  const { confirm, createSession, deliveriesOf, stripe } = await startFixture();
  const session = await createSession();

  await confirm(session, REFUSED_DEBIT);

  await expect.poll(() => deliveriesOf("checkout.session.async_payment_failed")).toHaveLength(1);
  const refused = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  expect(refused).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
    payment_intent: { status: "requires_payment_method" },
  });
});

test("confirming many times at once charges once", async () => {
  const { confirm, createSession, stripe } = await startFixture();
  const session = await createSession();

  const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(session)));

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
  expect((await stripe.events.list({ type: "charge.succeeded" })).data).toHaveLength(1);
});

test("a session is confirmed with its own client secret only", async () => {
  const { confirm, createSession } = await startFixture();
  const [mine, other] = [await createSession(), await createSession()];

  for (const client_secret of [other.client_secret, `${mine.id}_secret_guessed`, null]) {
    expect((await confirm({ ...mine, client_secret })).status).toBe(401);
  }
});
