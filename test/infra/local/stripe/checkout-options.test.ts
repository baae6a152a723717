import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { CARD, PAID_DEBIT, startFixture } from "./stripe-fixture.ts";

type Params = Partial<Stripe.Checkout.SessionCreateParams>;

const sold = (tax_behavior?: "exclusive" | "inclusive") => ({
  line_items: [
    {
      quantity: 1,
      price_data: {
        currency: "eur",
        unit_amount: 4900,
        product_data: { name: "A course" },
        ...(tax_behavior && { tax_behavior }),
      },
    },
  ],
});
const taxed = (behavior: "exclusive" | "inclusive"): Params => ({
  ...sold(behavior),
  automatic_tax: { enabled: true },
});
const address = { country: "DE", line1: "Unter den Linden 1", city: "Berlin", postal_code: "10117" };
const invoiced: Params = {
  invoice_creation: { enabled: true, invoice_data: { metadata: { userId: "user-ada" } } },
  billing_address_collection: "required",
};

describe("tax", () => {
  test.each([
    ["exclusive", { amount_subtotal: 4900, amount_total: 5831, total_details: { amount_tax: 931 } }],
    ["inclusive", { amount_subtotal: 4900, amount_total: 4900, total_details: { amount_tax: 782 } }],
  ] as const)("that is %s is of the country where the student lives", async (behavior, expected) => {
    const { confirm, createSession, stripe } = await startFixture();
    const session = await createSession(taxed(behavior));
    expect(session.automatic_tax.status).toBe("requires_location_inputs");
    await expect(confirm(session)).resolves.toMatchObject({
      status: 400,
      body: { error: { param: "address[country]" } },
    });
    await confirm(session, CARD, { address });
    await expect(stripe.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({
      status: "complete",
      automatic_tax: { enabled: true, status: "complete" },
      customer_details: { address: { country: "DE" } },
      ...expected,
    });
    expect((await stripe.charges.list()).data[0]).toMatchObject({ amount: expected.amount_total });
  });

  test("is none in a country where the account is not registered", async () => {
    const { confirm, createSession, stripe } = await startFixture();
    const session = await createSession(taxed("exclusive"));
    await confirm(session, CARD, { address: { country: "US", postal_code: "10001" } });
    await expect(stripe.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({
      amount_total: 4900,
    });
  });

  test("is owed by a company of another country itself, by its tax id", async () => {
    const { confirm, createSession, stripe } = await startFixture();
    const session = await createSession({ ...taxed("exclusive"), tax_id_collection: { enabled: true } });
    const wrong = { type: "eu_vat", value: "not a number", name: "Analytical Engines" };
    await expect(confirm(session, CARD, { address, taxId: wrong })).resolves.toMatchObject({ status: 400 });
    await confirm(session, CARD, { address, taxId: { ...wrong, value: "DE123456789" } });
    await expect(stripe.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({
      amount_total: 4900,
      customer_details: {
        business_name: "Analytical Engines",
        tax_ids: [{ type: "eu_vat", value: "DE123456789" }],
      },
    });
  });

  test("wants a price that says whether tax is in it, and an account that is set up", async () => {
    const { createSession, turnKnobs } = await startFixture();
    await expect(createSession({ ...sold(), automatic_tax: { enabled: true } })).rejects.toThrow(
      "tax_behavior",
    );
    await turnKnobs({ withoutTaxSettings: true });
    await expect(createSession(taxed("exclusive"))).rejects.toThrow("head office address");
  });
});

describe("a customer who is known", () => {
  async function known() {
    const fixture = await startFixture();
    const { id } = await fixture.stripe.customers.create({ email: "ada@example.com", name: "Ada" });
    const open = (more: Params) =>
      fixture.createSession({ ...more, customer: id, customer_creation: undefined as never });
    return { ...fixture, id, open };
  }

  test("must be allowed to change for tax and tax ids, and not without a customer", async () => {
    const { createSession, open } = await known();
    await expect(open(taxed("exclusive"))).rejects.toThrow("customer_update[address]");
    await expect(open({ tax_id_collection: { enabled: true } })).rejects.toThrow("customer_update[name]");
    await expect(createSession({ customer_update: { name: "auto" } })).rejects.toThrow("customer_update");
  });

  test("has the address that was entered, and needs to enter it once", async () => {
    const { confirm, id, open, stripe } = await known();
    const asked = { ...taxed("exclusive"), customer_update: { address: "auto" as const } };
    await confirm(await open(asked), CARD, { address });
    await expect(stripe.customers.retrieve(id)).resolves.toMatchObject({ address: { city: "Berlin" } });
    const next = await open(asked);
    expect(next).toMatchObject({ amount_total: 5831, automatic_tax: { status: "complete" } });
    await expect(confirm(next)).resolves.toMatchObject({ status: 200 });
  });
});

describe("an invoice", () => {
  test.each([
    ["a card", CARD],
    ["a debit, once the bank has paid", PAID_DEBIT],
  ])("is written and paid with %s, at what was charged", async (_what, method) => {
    const { confirm, createSession, receiver, stripe } = await startFixture();
    const session = await createSession({ ...taxed("exclusive"), ...invoiced });
    await expect(confirm(session, method)).resolves.toMatchObject({ status: 400 });
    await confirm(session, method, { address });
    await expect.poll(() => receiver.deliveries.map(({ event }) => event.type)).toContain("invoice.paid");
    const { invoice } = await stripe.checkout.sessions.retrieve(session.id, { expand: ["invoice"] });
    expect(invoice).toMatchObject({
      status: "paid",
      subtotal: 4900,
      total: 5831,
      amount_paid: 5831,
      total_excluding_tax: 4900,
      customer_address: { city: "Berlin" },
      metadata: { userId: "user-ada" },
    });
    const page = await fetch((invoice as Stripe.Invoice).hosted_invoice_url ?? "");
    expect(await page.text()).toContain("58.31");
  });

  test("is not written for what cost nothing", async () => {
    const { confirm, createSession, stripe } = await startFixture();
    const { id: coupon } = await stripe.coupons.create({ percent_off: 100 });
    const { code } = await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon } });
    const session = await createSession({ ...invoiced, allow_promotion_codes: true });
    await confirm(session, undefined, { address, promotionCode: code });
    await expect(stripe.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({
      status: "complete",
      invoice: null,
    });
  });
});

test("consent to the terms is asked for before anybody pays, and is kept", async () => {
  const { confirm, createSession, stripe, turnKnobs } = await startFixture();
  const asked: Params = { consent_collection: { terms_of_service: "required" } };
  const session = await createSession(asked);
  for (const more of [{}, { agreesToTerms: false }]) {
    await expect(confirm(session, CARD, more)).resolves.toMatchObject({
      status: 400,
      body: { error: { param: "agreesToTerms" } },
    });
  }
  await confirm(session, CARD, { agreesToTerms: true });
  await expect(stripe.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({
    status: "complete",
    consent: { terms_of_service: "accepted" },
  });
  await turnKnobs({ withoutTermsUrl: true });
  await expect(createSession(asked)).rejects.toThrow("terms of service unless a URL is set");
});

test("a language that Stripe does not speak is refused", async () => {
  const { createSession } = await startFixture();
  await expect(createSession({ locale: "de" })).resolves.toMatchObject({ locale: "de" });
  await expect(createSession({ locale: "ar" as never })).rejects.toThrow("Invalid locale");
});
