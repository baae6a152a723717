import { Stripe } from "stripe";
import { expect, test } from "vitest";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
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
      latest_charge: {
        status: "succeeded",
        paid: true,
        amount: 4900,
        amount_refunded: 0,
        refunded: false,
        disputed: false,
        metadata: { userId: "user-ada", courseId: "TEST-COURSE-003" },
        payment_method_details: { card: { last4: "4242", network: "visa", checks: { cvc_check: "pass" } } },
      },
    },
  });
});

test("what a charge brings the account is known a moment after it succeeded", async () => {
  const { confirm, createSession, stripe } = await startFixture();
  await confirm(await createSession());

  const told = async (type: "charge.succeeded" | "charge.updated") =>
    (await stripe.events.list({ type })).data.map(({ data }) => data.object);

  expect(await told("charge.succeeded")).toMatchObject([{ balance_transaction: null }]);
  expect(await told("charge.updated")).toMatchObject([
    { balance_transaction: expect.stringMatching(/^txn_/) as string },
  ]);
});

test("the webhook is signed, says who sends it and carries the completed session", async () => {
  const { confirm, createSession, deliveriesOf, deliveredTypes } = await startFixture();
  const session = await createSession();

  await confirm(session);

  await expect
    .poll(() => deliveredTypes().toSorted())
    .toEqual([
      "charge.succeeded",
      "charge.updated",
      "checkout.session.completed",
      "customer.created",
      "payment_intent.created",
      "payment_intent.succeeded",
      "price.created",
      "product.created",
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

test("a session that asks for nothing needs no payment, and can be completed or left to expire", async () => {
  const { confirm, createSession, deliveriesOf, stripe } = await startFixture();
  const line_items = [
    { quantity: 1, price_data: { currency: "usd", unit_amount: 0, product_data: { name: "A gift" } } },
  ];
  const [taken, left] = [await createSession({ line_items }), await createSession({ line_items })];
  expect(left).toMatchObject({ amount_total: 0, payment_status: "no_payment_required", status: "open" });

  const { status } = await confirm(taken, CARD, { paymentMethod: undefined });
  await stripe.checkout.sessions.expire(left.id);

  expect(status).toBe(200);
  expect(await stripe.checkout.sessions.retrieve(taken.id)).toMatchObject({
    status: "complete",
    payment_status: "no_payment_required",
    payment_intent: null,
    customer: expect.stringMatching(/^cus_/),
  });
  await expect.poll(() => deliveriesOf("checkout.session.expired")).toHaveLength(1);
  expect(deliveriesOf("checkout.session.expired")[0]?.event.data.object).toMatchObject({
    id: left.id,
    status: "expired",
    payment_status: "no_payment_required",
  });
});

test("a session that asks for money needs a payment method", async () => {
  const { confirm, createSession } = await startFixture();

  const refused = await confirm(await createSession(), CARD, { paymentMethod: undefined });

  expect(refused).toMatchObject({ status: 400, body: { error: { param: "paymentMethod" } } });
});

test("the payment intent is announced once, before what becomes of it", async () => {
  const { confirm, createSession, stripe } = await startFixture();
  const session = await createSession();
  await confirm(session, { ...CARD, number: CARDS.declined });
  await confirm(session);

  const { data } = await stripe.events.list({ limit: 100 });
  const created = data.filter(({ type }) => type === "payment_intent.created");

  expect(created).toMatchObject([
    {
      data: { object: { object: "payment_intent", status: "requires_payment_method", latest_charge: null } },
    },
  ]);
  const ofThePayment = data.filter(({ type }) => /^(charge|payment_intent)\./.test(type));
  expect(ofThePayment.at(-1)?.id).toBe(created[0]?.id);
});

test("an event says which request it comes from", async () => {
  const { stripe } = await startFixture();

  const customer = await stripe.customers.create({ email: "a@example.com" }, { idempotencyKey: "one" });

  const [event] = (await stripe.events.list({ type: "customer.created" })).data;
  expect(event?.request).toEqual({ id: customer.lastResponse.requestId, idempotency_key: "one" });
});

test("a receipt can be looked at once something was paid", async () => {
  const { confirm, createSession, standIn, stripe } = await startFixture();
  const session = await createSession();
  await confirm(session, { ...CARD, number: CARDS.declined });
  const [declined] = (await stripe.charges.list()).data;
  await confirm(session);
  const [paid] = (await stripe.charges.list({ limit: 1 })).data;
  const read = async (url: string) => (await fetch(url)).text();

  expect(declined).toMatchObject({ paid: false, receipt_url: null });
  expect(paid?.receipt_url).toBe(`${standIn.url}/receipts/${paid?.id}`);
  expect(await read(paid?.receipt_url ?? "")).toMatch(/\$49\.00 paid on \d{4}-\d{2}-\d{2}/);
  expect(await read(`${standIn.url}/receipts/${declined?.id}`)).toContain("Receipt not found");
});

test("a session is confirmed with its own client secret only", async () => {
  const { confirm, createSession } = await startFixture();
  const [mine, other] = [await createSession(), await createSession()];

  for (const client_secret of [other.client_secret, `${mine.id}_secret_guessed`, null]) {
    expect((await confirm({ ...mine, client_secret })).status).toBe(401);
  }
});
