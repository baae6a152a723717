/** Everything that Bursar itself asks of Stripe, once, through the adapters that ask it. */
import { createCheckoutLookup } from "#handlers/adapters/stripe/checkout-lookup.ts";
import { createStripeCheckout } from "#handlers/adapters/stripe/checkout-sessions.ts";
import { createStripeClient } from "#handlers/adapters/stripe/client.ts";
import { createStripePaymentRecords } from "#handlers/adapters/stripe/payment-records.ts";
import { type CheckoutSettings, checkoutOptionsOf } from "#handlers/checkout-options.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";
import { findStripeFaults } from "#infra/operate/seed/find-stripe-faults.ts";
import { connectStripe } from "#infra/operate/stripe-setup/connect-stripe.ts";
import { setUpWebhook } from "#infra/operate/stripe-setup/set-up-webhook.ts";
import { readStripeSecret } from "#infra/operate/stripe-setup/stripe-secret.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import type { startAccounts } from "#test/support/stripe-accounts.ts";
import { cardOf, confirm } from "#test/support/stripe-flows.ts";
import { clientAt, SECRET_KEY } from "./recorded-stand-in.ts";

const PLACE = {
  clientUrl: "https://courses.example.com",
  deploymentName: "bursar",
  options: checkoutOptionsOf({}),
};
const EVERYTHING: CheckoutSettings = {
  CHECKOUT_PROMOTION_CODES: "on",
  CHECKOUT_TAX_IDS: "on",
  CHECKOUT_INVOICES: "on",
  CHECKOUT_TERMS: "on",
};
const NAMES = nameParts(PRODUCTION);
/** Of characters that take two places each, so that a cut in the middle of one is seen. */
const LONG = `x${"🎓".repeat(3_000)}`;

/** @param url where what is asked is recorded */
export async function sellAndLookBack(url: string): Promise<void> {
  const keys = async () => ({ STRIPE_SECRET_KEY: SECRET_KEY });
  const patience = { attempts: 1, attemptMs: 10_000 };
  const client = createStripeClient({ current: keys }, url, patience);
  const checkout = createStripeCheckout(client, PLACE);
  const customer = await sell(url, checkout);
  await lookBack(client, customer);
  for (const tax of ["exclusive", "inclusive"] as const) {
    const options = checkoutOptionsOf({ ...EVERYTHING, CHECKOUT_TAX: tax });
    await sellWithOptions(createStripeCheckout(client, { ...PLACE, options }), customer);
  }
}

type Checkout = ReturnType<typeof createStripeCheckout>;

async function sellWithOptions(checkout: Checkout, customer: string): Promise<void> {
  const inGerman = { ...student, locale: "de-AT" };
  const { checkoutSessionId } = await checkout.openCheckout({
    student: inGerman,
    course: paidCourse,
    attempt: 1,
  });
  await checkout.findReceipt(checkoutSessionId);
  const known = { ...student, stripeCustomerId: customer };
  await checkout.openCheckout({ student: known, course: paidCourse, attempt: 1 });
}

/** @returns the customer that the first purchase has made */
async function sell(url: string, checkout: Checkout): Promise<string> {
  const stripe = clientAt(url);
  const open = async (asked: object, who: object = {}) =>
    checkout.openCheckout({
      student: { ...student, ...who },
      course: { ...paidCourse, ...asked },
      attempt: 1,
    });
  const product = await stripe.products.create({ name: "A course" });
  const price = await stripe.prices.create({ currency: "usd", unit_amount: 4900, product: product.id });

  const { checkoutSessionId } = await open({});
  const session = await stripe.checkout.sessions.retrieve(checkoutSessionId);
  await confirm({ url, stripe }, session, cardOf("4242424242424242"));
  const settlement = (await checkout.findCheckout(checkoutSessionId))?.settlement;
  const customer = settlement?.customerId ?? "";
  await checkout.findReceipt(checkoutSessionId);
  await checkout.findAmountRefunded(checkoutSessionId);
  await checkout.findCheckoutByPayment(settlement?.paymentIntentId ?? "");
  await checkout.updateCustomer(customer, { email: "lovelace@example.com", name: LONG });

  await open({ name: LONG, courseId: "c".repeat(64) }, { userId: "u".repeat(128), email: "" });
  await open({ stripeProductId: product.id });
  const byPrice = { ...paidCourse, stripePriceId: price.id };
  const again = await open(byPrice, { stripeCustomerId: customer });
  await checkout.expireCheckout(again.checkoutSessionId);
  await findStripeFaults([byPrice, { ...paidCourse, stripeProductId: product.id }], stripe);
  return customer;
}

async function lookBack(client: ReturnType<typeof createStripeClient>, customer: string): Promise<void> {
  const records = createStripePaymentRecords(client, PLACE.deploymentName);
  const since = new Date(Date.now() - 60_000);
  const period = { since, until: new Date(Date.now() + 60_000) };
  const report = () => undefined;
  await collect(records.listPaymentEvents(period, report));
  await collect(records.listNotices(period, report));
  const [found] = await collect(records.listCheckouts(period, report));
  const lookup = createCheckoutLookup(client, PLACE.deploymentName);
  const session = await lookup.findSession(found?.checkoutSessionId ?? "");
  const [ofCustomer] = await lookup.listSessionsOfCustomer(customer);
  await lookup.listSessionsOfPayment(ofCustomer?.paymentIntentId ?? "");
  await lookup.listSessionsOfEmail(student.email);
  const { events } = await lookup.listEvents([session?.checkoutSessionId ?? ""], since);
  await lookup.findEvent(events[0]?.eventId ?? "evt_none");
}

async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const one of all) collected.push(one);
  return collected;
}

/** The webhook's endpoint is made, mended, made again with another signing secret, and the old one taken away. */
export async function setUpEndpoint(url: string, { secrets }: Awaited<ReturnType<typeof startAccounts>>) {
  const keys = { secretKey: SECRET_KEY, publishableKey: "pk_test_judged", mode: "test" } as const;
  const endpointUrl = `${PLACE.clientUrl}/api/webhooks/stripe`;
  for (const [rotate, dropOld] of [
    [false, false],
    [false, false],
    [true, false],
    [false, true],
  ] as const) {
    const stored = await readStripeSecret(secrets, NAMES.stripeSecret);
    const setup = { names: NAMES, endpointUrl, keys, stored, rotate, dropOld };
    await setUpWebhook(connectStripe(SECRET_KEY, url), secrets, setup);
  }
}
