/** Everything that a form may ask beside the payment, done once at Stripe: codes, tax, tax ids, invoices, consent. */
import type { Stripe } from "stripe";
import { IBANS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { cardOf, confirm, openSession, type StripeAtHand } from "./stripe-flows.ts";

const ADDRESS = { country: "DE", line1: "Unter den Linden 1", city: "Berlin", postal_code: "10117" };
const priced = (tax_behavior: "exclusive" | "inclusive") => ({
  line_items: [
    {
      quantity: 1,
      price_data: { currency: "eur", unit_amount: 4900, tax_behavior, product_data: { name: "A course" } },
    },
  ],
});
const ALL_OPTIONS = {
  allow_promotion_codes: true,
  automatic_tax: { enabled: true },
  billing_address_collection: "required",
  consent_collection: { terms_of_service: "required" },
  invoice_creation: {
    enabled: true,
    invoice_data: { metadata: { userId: "user-ada" }, footer: "Thank you" },
  },
  tax_id_collection: { enabled: true },
};

export async function takeOrders(at: StripeAtHand): Promise<void> {
  const card = cardOf("4242424242424242");
  const codes = await makeCodes(at.stripe);
  const taxId = { type: "eu_vat", value: "DE123456789", name: "Analytical Engines" };
  const said = { address: ADDRESS, agreesToTerms: true };
  const plain = await openSession(at, { ...priced("exclusive"), ...ALL_OPTIONS, locale: "de" });
  await confirm(at, plain, card, { ...said, promotionCode: codes.part });
  await confirm(at, await openSession(at, { ...priced("inclusive"), ...ALL_OPTIONS }), card, {
    ...said,
    taxId,
  });
  await confirm(at, await openSession(at, { ...priced("inclusive"), ...ALL_OPTIONS }), card, said);
  const debit = { type: "sepa_debit", iban: IBANS.paying, name: "Ada" };
  await confirm(at, await openSession(at, { ...priced("exclusive"), ...ALL_OPTIONS }), debit, said);
  const free = await openSession(at, { ...priced("exclusive"), ...ALL_OPTIONS });
  await confirm(at, free, undefined, { ...said, promotionCode: codes.whole });
  // Nobody may have it, and the order is as it was.
  await confirm(at, await openSession(at, ALL_OPTIONS_WITHOUT_TAX), card, {
    ...said,
    promotionCode: "GUESS",
  });

  const { data: invoices } = await at.stripe.invoices.list();
  if (invoices.length < 3) throw new Error(`Stripe's stand-in has written ${invoices.length} invoices.`);
  const { customer } = await at.stripe.checkout.sessions.retrieve(plain.id);
  await openSession(at, {
    ...priced("exclusive"),
    ...ALL_OPTIONS,
    customer,
    customer_creation: undefined,
    customer_update: { address: "auto", name: "auto" },
  });
}

const { automatic_tax: _tax, ...ALL_OPTIONS_WITHOUT_TAX } = ALL_OPTIONS;

/** A coupon of either kind, with codes that use all that one can say. */
async function makeCodes({ coupons, promotionCodes }: Stripe) {
  const part = await coupons.create({ percent_off: 12.5, name: "Summer", max_redemptions: 100 });
  const whole = await coupons.create({ id: "EVERYTHING", percent_off: 100, redeem_by: 4_000_000_000 });
  const amount = await coupons.create({ amount_off: 500, currency: "eur", metadata: { for: "alumni" } });
  const codeFor = (coupon: string, more: Partial<Stripe.PromotionCodeCreateParams> = {}) =>
    promotionCodes.create({ promotion: { type: "coupon", coupon }, ...more });
  const used = await codeFor(part.id, { code: "SUMMER", expires_at: 4_000_000_000 });
  const free = await codeFor(whole.id);
  const first = await codeFor(amount.id, {
    max_redemptions: 3,
    restrictions: { first_time_transaction: true, minimum_amount: 1000, minimum_amount_currency: "eur" },
  });
  await promotionCodes.update(first.id, { active: false, metadata: { why: "over" } });
  await promotionCodes.retrieve(first.id, { expand: ["promotion.coupon"] });
  return { part: used.code, whole: free.code };
}
