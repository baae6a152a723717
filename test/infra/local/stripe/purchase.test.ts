import { Stripe } from "stripe";
import { expect, test } from "vitest";
import { CARD, purchase, SIGNING_SECRET, startFixture } from "./stripe-fixture.ts";

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
