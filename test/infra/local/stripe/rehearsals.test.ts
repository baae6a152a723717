import { Stripe } from "stripe";
import { expect, test } from "vitest";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { SIGNING_SECRET, startFixture } from "./stripe-fixture.ts";

test("a sale of somebody else in the account is paid and has nothing of ours", async () => {
  const { deliveriesOf, sellElsewhere, stripe } = await startFixture();

  const sold = await sellElsewhere();

  await expect.poll(() => deliveriesOf("checkout.session.completed")).toHaveLength(1);
  const [delivery] = deliveriesOf("checkout.session.completed");
  expect(delivery?.event.data.object).toMatchObject({ id: sold.id, payment_status: "paid" });
  const session = await stripe.checkout.sessions.retrieve(sold.id, {
    expand: ["line_items", "payment_intent.latest_charge"],
  });
  expect(session).toMatchObject({
    status: "complete",
    amount_total: 1900,
    client_reference_id: null,
    metadata: {},
    customer_details: { email: "somebody@example.com" },
    line_items: { data: [{ description: "A mug" }] },
    payment_intent: { metadata: {}, latest_charge: { paid: true } },
  });
});

test("a foreign sale can be of anything, with the metadata of another shop", async () => {
  const { sellElsewhere, stripe } = await startFixture();

  const sold = await sellElsewhere({
    product: "A poster",
    unitAmount: 500_000,
    currency: "huf",
    metadata: { shop: "posters" },
  });

  const session = await stripe.checkout.sessions.retrieve(sold.id);
  expect(session).toMatchObject({ amount_total: 500_000, currency: "huf", metadata: { shop: "posters" } });
  await expect(sellElsewhere({ unitAmount: 1 })).rejects.toThrow("must add up to at least $0.50 usd");
  await expect(sellElsewhere({ colour: "blue" } as object)).rejects.toThrow("colour");
});

test("an event can come from a connected account, under another id and in no list of ours", async () => {
  const { confirm, createSession, deliveriesOf, sendFromAccount, stripe } = await startFixture();
  await confirm(await createSession());
  const [own] = (await stripe.events.list({ type: "checkout.session.completed" })).data;

  await sendFromAccount(own?.id ?? "", "acct_someone");

  await expect.poll(() => deliveriesOf("checkout.session.completed")).toHaveLength(2);
  const foreign = deliveriesOf("checkout.session.completed").find(({ event }) => event.account);
  const event = Stripe.webhooks.constructEvent(foreign?.body ?? "", foreign?.signature ?? "", SIGNING_SECRET);
  expect(event).toMatchObject({ account: "acct_someone", data: { object: own?.data.object } });
  expect(event.id).not.toBe(own?.id);
  expect((await stripe.events.list({ type: "checkout.session.completed" })).data).toHaveLength(1);
});

test("an event can be thin: signed, naming its object and not carrying it", async () => {
  const { confirm, createSession, readEvent, receiver, sendThin, stripe } = await startFixture();
  const session = await createSession();
  await confirm(session);
  const [own] = (await stripe.events.list({ type: "checkout.session.completed" })).data;

  const { event } = await sendThin(own?.id ?? "");

  await expect.poll(() => readEvent(event.id)).toMatchObject({ delivered: true });
  const delivery = receiver.deliveries.find((one) => one.event.id === event.id);
  expect(JSON.parse(delivery?.body ?? "{}")).toEqual({
    id: event.id,
    object: "v2.core.event",
    type: "v1.checkout.session.completed",
    created: expect.stringMatching(/^\d{4}-.*Z$/),
    livemode: false,
    related_object: {
      id: session.id,
      type: "checkout.session",
      url: `/v1/checkout/sessions/${session.id}`,
    },
    snapshot_event: own?.id,
  });
  // The SDK has checked the signature first, and only then found what it is.
  expect(() =>
    Stripe.webhooks.constructEvent(delivery?.body ?? "", delivery?.signature ?? "", SIGNING_SECRET),
  ).toThrow(/event notification/i);
});

test("a session is shown without a status when the knob names it, and the others are not", async () => {
  const { createSession, stripe, turnKnobs } = await startFixture();
  const [odd, even] = [await createSession(), await createSession()];
  await turnKnobs({ sessionsWithoutStatus: [odd.id] });

  const shown = new Map((await stripe.checkout.sessions.list()).data.map(({ id, status }) => [id, status]));

  expect(shown.get(odd.id)).toBeNull();
  expect(shown.get(even.id)).toBe("open");
  expect((await stripe.checkout.sessions.retrieve(odd.id)).status).toBeNull();
});

test("what an operator does in the dashboard can be rehearsed: refund, archive, delete", async () => {
  const { confirm, createSession, standIn, stripe } = await startFixture();
  const control = createStripeControl(standIn.url);
  const product = await stripe.products.create({ name: "A course" });
  const price = await stripe.prices.create({ currency: "usd", unit_amount: 4900, product: product.id });
  const session = await createSession({ line_items: [{ price: price.id, quantity: 1 }] });
  await confirm(session);
  const customer = (await stripe.checkout.sessions.retrieve(session.id)).customer as string;

  expect(await control.refund(session.id, 900)).toMatchObject({ amount: 900 });
  expect(await control.refund(session.id)).toMatchObject({ amount: 4000 });
  expect(await control.archivePrice(price.id)).toMatchObject({ active: false });
  expect(await control.archiveProduct(product.id)).toMatchObject({ active: false });
  expect(await control.deleteCustomer(customer)).toEqual({ id: customer, object: "customer", deleted: true });

  expect(await stripe.charges.list()).toMatchObject({ data: [{ refunded: true }] });
  expect((await stripe.prices.list({ active: true })).data).toEqual([]);
  expect((await stripe.products.list({ active: true })).data).toEqual([]);
  expect((await stripe.customers.list()).data).toEqual([]);
  const types = (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
  expect(types).toEqual(
    expect.arrayContaining(["charge.refunded", "price.updated", "product.updated", "customer.deleted"]),
  );
});

test("a rehearsal with what is not there is refused by name", async () => {
  const { createSession, standIn } = await startFixture();
  const control = createStripeControl(standIn.url);
  const open = await createSession();

  await expect(control.refund("cs_test_none")).rejects.toThrow("No such checkout.session: 'cs_test_none'");
  await expect(control.closeDispute("du_none", "won")).rejects.toThrow("No such dispute: 'du_none'");
  await expect(control.deleteCustomer("cus_none")).rejects.toThrow("No such customer: 'cus_none'");
  await expect(control.archivePrice("price_none")).rejects.toThrow("No such price: 'price_none'");
  await expect(control.archiveProduct("prod_none")).rejects.toThrow("No such product: 'prod_none'");
  await expect(control.sendThin("evt_none")).rejects.toThrow("No such event: 'evt_none'");
  await expect(control.openDispute(open.id)).rejects.toThrow("nothing was paid");
});
