/** What is refused at Stripe, asked once each. */
import type { Stripe } from "stripe";
import { buy, cardOf, confirm, openSession, type StripeAtHand } from "./stripe-flows.ts";

/** @throws Error when anything is taken that is to be refused */
export async function refuseEverything(at: StripeAtHand): Promise<void> {
  for (const [what, ask] of Object.entries(refusals(at))) {
    const isTaken = await ask().then(
      () => true,
      () => false,
    );
    if (isTaken) throw new Error(`Stripe's stand-in takes ${what}.`);
  }
  await refusePayments(at);
}

const priced = (unit_amount: number, currency = "usd") => ({
  line_items: [{ quantity: 1, price_data: { currency, unit_amount, product_data: { name: "A course" } } }],
});

function refusals(at: StripeAtHand): Record<string, () => Promise<unknown>> {
  const { charges, checkout, customers, disputes, events, paymentIntents, prices, products, refunds } =
    at.stripe;
  const ask = (change: object) => () => openSession(at, change);
  return {
    "an unknown session": () => checkout.sessions.retrieve("cs_test_none"),
    "an unknown payment intent": () => paymentIntents.retrieve("pi_none"),
    "an unknown charge": () => charges.retrieve("ch_none"),
    "an unknown customer": () => customers.update("cus_none", { name: "Nobody" }),
    "an unknown event": () => events.retrieve("evt_none"),
    "an unknown price": () => prices.retrieve("price_none"),
    "an unknown product": () => products.retrieve("prod_none"),
    "an unknown refund": () => refunds.retrieve("re_none"),
    "an unknown dispute": () => disputes.retrieve("du_none"),
    "a page behind nothing": () => events.list({ starting_after: "evt_none" }),
    "a page of thousands": () => events.list({ limit: 1000 }),
    "an unknown parameter": ask({ colour: "blue" }),
    "an amount below the least": ask(priced(30)),
    "an amount of nine digits": ask(priced(100_000_000)),
    "an unknown currency": ask(priced(4900, "xyz")),
    "half a cent": ask(priced(4900.5)),
    "a customer who is gone": ask({ customer: "cus_none", customer_creation: undefined }),
    "an e-mail that is none": ask({ customer_email: "ada at home" }),
    "a reference that is too long": ask({ client_reference_id: "x".repeat(201) }),
    "metadata that are too long": ask({ metadata: { courseName: "x".repeat(501) } }),
    "a subscription": ask({ mode: "subscription" }),
    "no price at all": ask({ line_items: undefined }),
    "what cannot be expanded": () => checkout.sessions.list({ expand: ["data.colour"] }),
    "one key for two requests": () => askTwice(at),
    "a wrong secret key": () => at.stripe.balance.retrieve({}, { apiKey: "sk_test_wrong" }),
    "another refund of what went back": () => refundTwice(at),
    "the end of what has ended": () => endTwice(at),
  };
}

async function askTwice({ stripe }: StripeAtHand) {
  const once = { idempotencyKey: `twice-${Date.now()}` };
  await stripe.customers.create({ name: "Ada" }, once);
  await stripe.customers.create({ name: "Grace" }, once);
}

async function refundTwice(at: StripeAtHand) {
  await buy(at);
  const [paid] = (await at.stripe.charges.list({ limit: 1 })).data;
  const whole = { charge: paid?.id ?? "" };
  await at.stripe.refunds.create(whole);
  await at.stripe.refunds.create(whole);
}

async function endTwice(at: StripeAtHand) {
  const { id } = await openSession(at);
  await at.stripe.checkout.sessions.expire(id);
  await at.stripe.checkout.sessions.expire(id);
}

/** Told by the form, in Stripe's shape; what a bank refuses is among the test numbers. */
async function refusePayments(at: StripeAtHand): Promise<void> {
  const session: Stripe.Checkout.Session = await openSession(at);
  await confirm(at, session, { ...cardOf("4242424242424242"), cvc: "1" });
  await confirm(at, session, cardOf("4242424242424241"));
  await confirm(at, session, { type: "sepa_debit", iban: "DE1" });
  await confirm(at, { ...session, client_secret: "none" }, cardOf("4242424242424242"));
}
