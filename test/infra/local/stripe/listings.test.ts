import { expect, test } from "vitest";
import { purchase, startFixture } from "./stripe-fixture.ts";

test("sessions are listed newest first, a page at a time in both directions", async () => {
  const { createSession, stripe } = await startFixture();
  const ids: string[] = [];
  for (let made = 0; made < 5; made++) ids.unshift((await createSession()).id);

  const first = await stripe.checkout.sessions.list({ limit: 2 });
  const second = await stripe.checkout.sessions.list({ limit: 2, starting_after: ids[1] ?? "" });
  const back = await stripe.checkout.sessions.list({ limit: 2, ending_before: ids[3] ?? "" });

  expect(first).toMatchObject({ object: "list", has_more: true, url: "/v1/checkout/sessions" });
  expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(second.data.map(({ id }) => id)).toEqual(ids.slice(2, 4));
  expect(back).toMatchObject({ has_more: true });
  expect(back.data.map(({ id }) => id)).toEqual(ids.slice(1, 3));
});

test("the SDK walks all pages by itself", async () => {
  const { createSession, stripe } = await startFixture();
  await Promise.all(Array.from({ length: 7 }, () => createSession()));

  const seen: string[] = [];
  for await (const { id } of stripe.checkout.sessions.list({ limit: 3 })) seen.push(id);

  expect(new Set(seen).size).toBe(7);
  expect(seen).toEqual(seen.toSorted().toReversed());
});

test("sessions are found by status, customer and payment intent", async () => {
  const { confirm, createSession, stripe } = await startFixture();
  const open = await createSession();
  const bought = await createSession();
  await confirm(bought);
  const { customer, payment_intent } = await stripe.checkout.sessions.retrieve(bought.id);
  const idsOf = async (filter: object) =>
    (await stripe.checkout.sessions.list(filter)).data.map(({ id }) => id);

  expect(await idsOf({ status: "open" })).toEqual([open.id]);
  expect(await idsOf({ status: "complete" })).toEqual([bought.id]);
  expect(await idsOf({ status: "expired" })).toEqual([]);
  expect(await idsOf({ customer })).toEqual([bought.id]);
  expect(await idsOf({ payment_intent })).toEqual([bought.id]);
  expect(await idsOf({ payment_intent, status: "open" })).toEqual([]);
});

test("a listing can be bounded by time and expanded", async () => {
  const { confirm, createSession, stripe } = await startFixture();
  const session = await createSession();
  await confirm(session);
  const { created } = session;
  const count = async (filter: object) => (await stripe.checkout.sessions.list(filter)).data.length;

  expect(await count({ created: { gte: created } })).toBe(1);
  expect(await count({ created: { gt: created } })).toBe(0);
  expect(await count({ created: { lte: created } })).toBe(1);
  expect(await count({ created: { lt: created } })).toBe(0);
  expect(await count({ created })).toBe(1);
  const { data } = await stripe.checkout.sessions.list({ expand: ["data.payment_intent.latest_charge"] });
  expect(data[0]?.payment_intent).toMatchObject({ latest_charge: { status: "succeeded" } });
});

test("events are found by type, by types and by what is undelivered", async () => {
  const { confirm, createSession, stripe, turnKnobs } = await startFixture();
  await turnKnobs({ dropDeliveries: true });
  await confirm(await createSession());
  const typesOf = async (filter: object) => (await stripe.events.list(filter)).data.map(({ type }) => type);

  expect(await typesOf({ type: "checkout.session.completed" })).toEqual(["checkout.session.completed"]);
  expect(await typesOf({ type: "checkout.session.*" })).toEqual(["checkout.session.completed"]);
  expect(await typesOf({ types: ["customer.created", "charge.succeeded"] })).toHaveLength(2);
  expect(await typesOf({ delivery_success: false })).toHaveLength(8);
  expect(await typesOf({ delivery_success: true })).toEqual([]);
  const [{ created } = { created: 0 }] = (await stripe.events.list({ limit: 1 })).data;
  expect(await typesOf({ types: ["charge.succeeded"], created: { lt: created - 60 } })).toEqual([]);
  expect(await typesOf({ types: ["charge.succeeded"], created: { gte: created - 60 } })).toHaveLength(1);
});

test("line items are listed on their own", async () => {
  const { createSession, stripe } = await startFixture();
  const items = [...(purchase.line_items ?? []), ...(purchase.line_items ?? [])];
  const { id } = await createSession({ line_items: items });

  const page = await stripe.checkout.sessions.listLineItems(id, { limit: 1 });

  expect(page).toMatchObject({ has_more: true, data: [{ description: "A course", quantity: 1 }] });
});

test("an edge that does not exist and a limit out of bounds are refused", async () => {
  const { stripe } = await startFixture();

  const nowhere = stripe.checkout.sessions.list({ starting_after: "cs_test_none" });
  await expect(nowhere).rejects.toMatchObject({ code: "resource_missing", param: "starting_after" });
  await expect(stripe.events.list({ limit: 101 })).rejects.toMatchObject({ param: "limit" });
});
