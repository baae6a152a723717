import { Stripe } from "stripe";
import { expect, test } from "vitest";
import { purchase, SIGNING_SECRET, startFixture } from "./stripe-fixture.ts";

test("a sale of somebody else in the account is paid and has nothing of ours", async () => {
  const { deliveriesOf, rehearse, stripe } = await startFixture();

  const sold = (await rehearse("foreign-sales")) as Stripe.Checkout.Session;

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
  const { rehearse, stripe } = await startFixture();

  const sold = await rehearse("foreign-sales", {
    product: "A poster",
    unitAmount: 500_000,
    currency: "huf",
    metadata: { shop: "posters" },
  });

  const session = await stripe.checkout.sessions.retrieve((sold as Stripe.Checkout.Session).id);
  expect(session).toMatchObject({ amount_total: 500_000, currency: "huf", metadata: { shop: "posters" } });
  expect(await rehearse("foreign-sales", { unitAmount: 1 })).toMatchObject({
    error: { code: "amount_too_small" },
  });
  expect(await rehearse("foreign-sales", { colour: "blue" })).toMatchObject({
    error: { message: expect.stringContaining("colour") },
  });
});

test("an event can come from a connected account, under another id and in no list of ours", async () => {
  const { confirm, createSession, deliveriesOf, rehearse, stripe } = await startFixture();
  await confirm(await createSession());
  const [own] = (await stripe.events.list({ type: "checkout.session.completed" })).data;

  await rehearse(`events/${own?.id}/copy`, { account: "acct_someone" });

  await expect.poll(() => deliveriesOf("checkout.session.completed")).toHaveLength(2);
  const foreign = deliveriesOf("checkout.session.completed").find(({ event }) => event.account);
  const event = Stripe.webhooks.constructEvent(foreign?.body ?? "", foreign?.signature ?? "", SIGNING_SECRET);
  expect(event).toMatchObject({ account: "acct_someone", data: { object: own?.data.object } });
  expect(event.id).not.toBe(own?.id);
  expect((await stripe.events.list({ type: "checkout.session.completed" })).data).toHaveLength(1);
});

test("an event can be thin: signed, naming its object and not carrying it", async () => {
  const { confirm, createSession, readEvent, receiver, rehearse, stripe } = await startFixture();
  const session = await createSession();
  await confirm(session);
  const [own] = (await stripe.events.list({ type: "checkout.session.completed" })).data;

  const { event } = (await rehearse(`events/${own?.id}/copy`, { thin: true })) as { event: { id: string } };

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
  const { confirm, createSession, rehearse, stripe } = await startFixture();
  const product = await stripe.products.create({ name: "A course" });
  const price = await stripe.prices.create({ currency: "usd", unit_amount: 4900, product: product.id });
  const session = await createSession({ line_items: [{ price: price.id, quantity: 1 }] });
  await confirm(session);
  const customer = (await stripe.checkout.sessions.retrieve(session.id)).customer as string;

  expect(await rehearse(`checkouts/${session.id}/refund`, { amount: 900 })).toMatchObject({ amount: 900 });
  expect(await rehearse(`checkouts/${session.id}/refund`)).toMatchObject({ amount: 4000 });
  expect(await rehearse(`prices/${price.id}`, { active: false })).toMatchObject({ active: false });
  expect(await rehearse(`products/${product.id}`, { active: false })).toMatchObject({ active: false });
  expect(await rehearse(`customers/${customer}`, undefined, "DELETE")).toMatchObject({ deleted: true });

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
  const { createSession, rehearse } = await startFixture();
  const open = await createSession(purchase);
  const missing = { error: { code: "resource_missing" } };

  expect(await rehearse("checkouts/cs_test_none/refund")).toMatchObject(missing);
  expect(await rehearse("disputes/du_none/close", { outcome: "won" })).toMatchObject(missing);
  expect(await rehearse("customers/cus_none", undefined, "DELETE")).toMatchObject(missing);
  expect(await rehearse("prices/price_none", { active: false })).toMatchObject(missing);
  expect(await rehearse("events/evt_none/copy", { thin: true })).toMatchObject(missing);
  expect(await rehearse(`checkouts/${open.id}/dispute`)).toMatchObject({
    error: { message: expect.stringContaining("nothing was paid") },
  });
});
