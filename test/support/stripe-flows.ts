/** Everything that the product, its students, their banks and Stripe's people do at Stripe, done once at a stand-in. */
import { setTimeout as pause } from "node:timers/promises";
import type { Stripe } from "stripe";
import { IBANS, TEST_CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { takeOrders } from "./stripe-order-flows.ts";
import { refuseEverything } from "./stripe-refusals.ts";

export interface StripeAtHand {
  /** Where the API is, and what the form and the rehearsals are asked of. */
  url: string;
  stripe: Stripe;
}

const BOTH_DECIDED = [
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
] as const;

export async function runStripeFlows(at: StripeAtHand): Promise<void> {
  await createStripeControl(at.url).turnKnobs({ asyncPaymentDelayMs: 0 });
  await payWithEveryNumber(at);
  await keepCustomers(at);
  await sellFromCatalogue(at);
  await endWithoutPayment(at);
  await takeOrders(at);
  await takeBack(at);
  await refuseEverything(at);
  await readEverything(at);
}

/** Without what is bought. */
export const PURCHASE: Stripe.Checkout.SessionCreateParams = {
  mode: "payment",
  ui_mode: "embedded_page",
  return_url: "http://localhost:3000/return?session={CHECKOUT_SESSION_ID}",
  client_reference_id: "user-ada",
  customer_creation: "always",
  metadata: { userId: "user-ada", courseId: "TEST-COURSE-003" },
  payment_intent_data: { metadata: { userId: "user-ada", courseId: "TEST-COURSE-003" } },
};

export const openSession = (
  { stripe }: StripeAtHand,
  change: { [Name in keyof Stripe.Checkout.SessionCreateParams]?: unknown } = {},
) => {
  const price_data = { currency: "eur", unit_amount: 4900, product_data: { name: "A course" } };
  return stripe.checkout.sessions.create({
    ...PURCHASE,
    line_items: [{ quantity: 1, price_data }],
    ...change,
  } as Stripe.Checkout.SessionCreateParams);
};

export const cardOf = (number: string) => ({
  type: "card",
  number,
  expiry: "12/34",
  cvc: number.startsWith("3") ? "1234" : "123",
  name: "Ada Lovelace",
});

/** @param more e.g. `{ threeDSecure: "complete" }` */
export async function confirm(
  { url }: StripeAtHand,
  session: Stripe.Checkout.Session,
  paymentMethod?: object,
  more: object = {},
): Promise<void> {
  const response = await fetch(`${url}/checkout/sessions/${session.id}/confirm`, {
    method: "POST",
    headers: { "content-type": "application/json", "client-secret": session.client_secret ?? "" },
    body: JSON.stringify({ email: "ada@example.com", paymentMethod, ...more }),
  });
  await response.arrayBuffer();
}

export async function buy(at: StripeAtHand, paymentMethod: object = cardOf("4242424242424242")) {
  const session = await openSession(at);
  await confirm(at, session, paymentMethod);
  return session.id;
}

async function payWithEveryNumber(at: StripeAtHand): Promise<void> {
  for (const { number, outcome } of TEST_CARDS) {
    const session = await openSession(at);
    await confirm(at, session, cardOf(number));
    if (outcome.kind !== "authenticate") continue;
    await confirm(at, session, cardOf(number), { threeDSecure: "fail" });
    await confirm(at, session, cardOf(number), { threeDSecure: "complete" });
  }
  for (const iban of Object.values(IBANS)) await buy(at, { type: "sepa_debit", iban, name: "Ada" });
  for (const type of BOTH_DECIDED) {
    while ((await at.stripe.events.list({ type })).data.length === 0) await pause(20);
  }
}

async function keepCustomers(at: StripeAtHand): Promise<void> {
  const { customers } = at.stripe;
  const { id } = await customers.create({ email: "ada@example.com", name: "Ada", metadata: { userId: "1" } });
  await customers.update(id, { email: "lovelace@example.com", description: "A student", phone: "1" });
  const session = await openSession(at, { customer: id, customer_creation: undefined });
  await confirm(at, session, cardOf("5555555555554444"));
  await customers.del(id);
  await customers.retrieve(id);
  await at.stripe.checkout.sessions.retrieve(session.id, { expand: ["customer"] });
}

async function sellFromCatalogue(at: StripeAtHand): Promise<void> {
  const { prices, products } = at.stripe;
  const product = await products.create({ name: "A course", description: "About it" });
  const price = await prices.create({ currency: "usd", unit_amount: 5900, product: product.id });
  await openSession(at, { line_items: [{ price: price.id, quantity: 2 }] });
  await prices.retrieve(price.id, { expand: ["product", "currency_options"] });
  await products.update(product.id, { name: "Another name", metadata: { courseId: "1" } });
  await prices.update(price.id, { active: false, nickname: "Old" });
  await createStripeControl(at.url).sellElsewhere();
}

async function endWithoutPayment(at: StripeAtHand): Promise<void> {
  const { id } = await openSession(at);
  await at.stripe.checkout.sessions.expire(id);
  const price_data = { currency: "eur", unit_amount: 0, product_data: { name: "Free of charge" } };
  await confirm(at, await openSession(at, { line_items: [{ quantity: 1, price_data }] }));
}

async function takeBack(at: StripeAtHand): Promise<void> {
  const { closeDispute, openDispute, refund } = createStripeControl(at.url);
  const paid = await buy(at);
  await refund(paid, 100);
  await refund(paid);
  for (const outcome of ["won", "lost"] as const) {
    const dispute = await openDispute(await buy(at, cardOf("378282246310005")));
    await at.stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: "They were taught." },
      submit: false,
    });
    await closeDispute(dispute.id, outcome);
  }
  const debit = await buy(at, { type: "sepa_debit", iban: IBANS.paying });
  const isPaid = async () => (await at.stripe.checkout.sessions.retrieve(debit)).payment_status === "paid";
  while (!(await isPaid())) await pause(20);
  const { id } = await refund(debit);
  await at.stripe.refunds.update(id, { metadata: { asked: "by telephone" } });
}

/** Each kind page by page, and each object on its own with what can be expanded. */
async function readEverything({ stripe }: StripeAtHand): Promise<void> {
  const { charges, checkout, customers, disputes, events, paymentIntents, prices, products, refunds } =
    stripe;
  const { coupons, invoices, promotionCodes } = stripe;
  for (const { id } of await readPages(checkout.sessions)) {
    const expand = ["payment_intent.latest_charge", "line_items.data.price.product", "customer"];
    await checkout.sessions.retrieve(id, { expand });
    await checkout.sessions.listLineItems(id);
  }
  for (const { id } of await readPages(paymentIntents))
    await paymentIntents.retrieve(id, { expand: ["latest_charge", "customer"] });
  for (const { id } of await readPages(charges)) await charges.retrieve(id, { expand: ["payment_intent"] });
  for (const { id } of await readPages(disputes)) await disputes.retrieve(id, { expand: ["charge"] });
  for (const { id } of await readPages(refunds)) await refunds.retrieve(id, { expand: ["payment_intent"] });
  for (const { id } of await readPages(customers)) await customers.retrieve(id);
  for (const { id } of await readPages(products)) await products.retrieve(id);
  for (const { id } of await readPages(prices)) await prices.retrieve(id);
  for (const { id } of await readPages(coupons)) await coupons.retrieve(id);
  for (const { id } of await readPages(promotionCodes)) await promotionCodes.retrieve(id);
  for (const { id } of await readPages(invoices)) await invoices.retrieve(id);
  for (const { id } of await readPages(events)) await events.retrieve(id);
  await stripe.balance.retrieve();
}

/** The SDK asks on for as long as it is told that there is more. */
async function readPages<T extends { id: string }>(listing: {
  list(parameters: Stripe.PaginationParams): AsyncIterable<T>;
}): Promise<T[]> {
  const all: T[] = [];
  for await (const one of listing.list({ limit: 7 })) all.push(one);
  return all;
}
