import { expect, test } from "vitest";
import { purchase, startFixture } from "./stripe-fixture.ts";

const { customer_creation: _, ...withoutCreation } = purchase;

test("a deleted customer is known as deleted, and cannot buy or be changed", async () => {
  const { deliveriesOf, stripe } = await startFixture();
  const { id } = await stripe.customers.create({ email: "ada@example.com" });

  expect(await stripe.customers.del(id)).toMatchObject({ id, object: "customer", deleted: true });

  expect(await stripe.customers.retrieve(id)).toEqual(
    expect.objectContaining({ id, object: "customer", deleted: true }),
  );
  expect((await stripe.customers.list()).data).toEqual([]);
  expect((await stripe.customers.list({ email: "ada@example.com" })).data).toEqual([]);
  const missing = { code: "resource_missing", message: `No such customer: '${id}'` };
  await expect(stripe.checkout.sessions.create({ ...withoutCreation, customer: id })).rejects.toMatchObject({
    ...missing,
    statusCode: 400,
    param: "customer",
  });
  await expect(stripe.customers.update(id, { name: "Ada" })).rejects.toMatchObject({
    ...missing,
    statusCode: 404,
  });
  await expect(stripe.customers.del(id)).rejects.toMatchObject({ ...missing, statusCode: 404 });
  await expect.poll(() => deliveriesOf("customer.deleted")).toHaveLength(1);
  expect(deliveriesOf("customer.deleted")[0]?.event.data.object).toMatchObject({ email: "ada@example.com" });
});

test("a purchase outlives the customer who made it", async () => {
  const { confirm, createSession, stripe } = await startFixture();
  const session = await createSession();
  await confirm(session);
  const { customer } = await stripe.checkout.sessions.retrieve(session.id);
  await stripe.customers.del(customer as string);

  const bought = await stripe.checkout.sessions.retrieve(session.id, { expand: ["customer"] });

  expect(bought.customer).toEqual({ id: customer, object: "customer", deleted: true });
  expect((await stripe.checkout.sessions.list({ customer: customer as string })).data).toHaveLength(1);
});

test("a customer is found by email, updated, and loses what is set to nothing", async () => {
  const { stripe } = await startFixture();
  const { id } = await stripe.customers.create({
    email: "ada@example.com",
    metadata: { userId: "1", plan: "x" },
  });

  const updated = await stripe.customers.update(id, { name: "Ada", metadata: { plan: "" } });

  expect(updated).toMatchObject({ name: "Ada", email: "ada@example.com", metadata: { userId: "1" } });
  expect(updated.metadata).not.toHaveProperty("plan");
  expect((await stripe.customers.list({ email: "ada@example.com" })).data).toMatchObject([{ id }]);
  expect((await stripe.customers.list({ email: "alan@example.com" })).data).toEqual([]);
});

test.each(["ada", "ada@gmail", " ada@example.com", "ada@@example.com"])(
  "%o is no email, for a session and for a customer",
  async (email) => {
    const { createSession, stripe } = await startFixture();
    const refusal = { statusCode: 400, code: "email_invalid", message: `Invalid email address: ${email}` };

    await expect(createSession({ customer_email: email })).rejects.toMatchObject({
      ...refusal,
      param: "customer_email",
    });
    await expect(stripe.customers.create({ email })).rejects.toMatchObject({ ...refusal, param: "email" });
  },
);

test.each<[string, object, string]>([
  ["a key of 41 characters", { metadata: { ["k".repeat(41)]: "v" } }, "Metadata keys can have up to 40"],
  ["a value of 501", { metadata: { courseName: "v".repeat(501) } }, "Metadata values can have up to 500"],
  [
    "a value of 501 for the payment",
    { payment_intent_data: { metadata: { courseName: "v".repeat(501) } } },
    "Metadata values can have up to 500",
  ],
  [
    "51 keys",
    { metadata: Object.fromEntries(Array.from({ length: 51 }, (_key, index) => [`k${index}`, "v"])) },
    "Metadata can have up to 50 keys",
  ],
  ["a reference of 201", { client_reference_id: "r".repeat(201) }, "must be at most 200 characters"],
])("%s is too much", async (_what, change, message) => {
  const { createSession } = await startFixture();

  await expect(createSession(change)).rejects.toMatchObject({
    statusCode: 400,
    message: expect.stringContaining(message),
  });
});

test("the limits themselves are allowed", async () => {
  const { createSession } = await startFixture();
  const metadata = Object.fromEntries(
    Array.from({ length: 50 }, (_key, index) => [`k${index}`.padEnd(40, "k"), "v".repeat(500)]),
  );

  const session = await createSession({ metadata, client_reference_id: "r".repeat(200) });

  expect(session.metadata).toEqual(metadata);
});

test("an event says what was there before a change, and nothing of what stayed", async () => {
  const { stripe } = await startFixture();
  const metadata = { userId: "user-ada", plan: "none" };
  const { id } = await stripe.customers.create({ email: "ada@example.com", name: "Ada", metadata });

  await stripe.customers.update(id, { name: "Ada Lovelace", metadata: { plan: "", course: "1" } });

  const [event] = (await stripe.events.list({ type: "customer.updated" })).data;
  expect(event?.data.previous_attributes).toEqual({ name: "Ada", metadata: { plan: "none", course: null } });
  const [created] = (await stripe.events.list({ type: "customer.created" })).data;
  expect(created?.data).not.toHaveProperty("previous_attributes");
});
