/** Makes an open checkout session out of the parameters that ask for one. */
import type Stripe from "stripe";
import { customerDetails, findLiveCustomer } from "../customer.ts";
import { resourceMissing } from "../errors.ts";
import { createId, randomText } from "../ids.ts";
import { cleanMetadata } from "../metadata.ts";
import type { State } from "../state.ts";
import { schedule } from "../store/agenda.ts";
import type { Change, CheckoutRecord, Happening } from "../store/records.ts";
import { CLOCK, type ClockTask } from "./clock-task.ts";
import { priceLineItems } from "./line-items.ts";
import { checkOptions } from "./option-rules.ts";
import { reprice } from "./reprice.ts";
import { checkSessionRules } from "./session-rules.ts";

type Parameters = Stripe.Checkout.SessionCreateParams;

const LIFETIME_SECONDS = 24 * 60 * 60;

/** @throws StripeApiError 400 */
export async function createCheckout(
  parameters: Parameters,
  state: State,
): Promise<{ record: CheckoutRecord; change: Change }> {
  const now = Math.floor(Date.now() / 1000);
  checkSessionRules(parameters, now);
  const customer = parameters.customer
    ? await findLiveCustomer(parameters.customer, state.records)
    : undefined;
  if (parameters.customer && !customer) throw resourceMissing("customer", parameters.customer, "customer");
  const priced = await priceLineItems(parameters.line_items ?? [], state.records);
  const soldAt = priced.lineItems.flatMap(({ price }) => price ?? []);
  checkOptions(parameters, { customer, prices: soldAt, account: state.knobs });

  const id = createId("cs_test");
  const opened: CheckoutRecord = {
    id,
    created: now,
    session: {
      ...BLANK,
      id,
      created: now,
      expires_at: parameters.expires_at ?? now + LIFETIME_SECONDS,
      ...optionsOf(parameters),
      currency: priced.currency,
      client_reference_id: parameters.client_reference_id ?? null,
      customer: customer?.id ?? null,
      customer_creation: customer ? null : (parameters.customer_creation ?? "if_required"),
      customer_details: prefilledDetails(parameters, customer),
      customer_email: parameters.customer_email ?? null,
      locale: parameters.locale ?? null,
      metadata: cleanMetadata(parameters.metadata),
      payment_method_types: paymentMethodTypes(parameters),
      redirect_on_completion: parameters.redirect_on_completion ?? "always",
      submit_type: parameters.submit_type ?? null,
      ...(parameters.return_url && { return_url: parameters.return_url }),
    },
    clientSecret: `${id}_secret_${randomText(40)}`,
    lineItems: priced.lineItems,
    paymentIntentData: parameters.payment_intent_data ?? {},
    ...(parameters.customer_update && { customerUpdate: parameters.customer_update }),
  };
  const record = reprice(opened, undefined);
  const expire: ClockTask = { kind: "expire", checkoutSessionId: id };
  const { prices, products } = priced;
  const events: Happening[] = [
    ...products.map((product): Happening => ["product.created", product]),
    ...prices.map((price): Happening => ["price.created", price]),
  ];
  const writes = [schedule(CLOCK, record.session.expires_at * 1000, expire)];
  return { record, change: { checkouts: [record], prices, products, events, writes } };
}

function optionsOf(parameters: Parameters): Partial<Stripe.Checkout.Session> {
  const { automatic_tax, consent_collection, invoice_creation, tax_id_collection } = parameters;
  const { metadata, ...data } = invoice_creation?.invoice_data ?? {};
  return {
    allow_promotion_codes: parameters.allow_promotion_codes ?? null,
    billing_address_collection: parameters.billing_address_collection ?? null,
    ...(automatic_tax?.enabled && {
      automatic_tax: { enabled: true, liability: { type: "self" }, provider: "stripe", status: null },
    }),
    ...(consent_collection && {
      consent: { promotions: null, terms_of_service: null },
      consent_collection: {
        payment_method_reuse_agreement: null,
        promotions: null,
        terms_of_service: consent_collection.terms_of_service ?? null,
      },
    }),
    ...(invoice_creation && {
      invoice_creation: {
        enabled: invoice_creation.enabled,
        invoice_data: {
          ...NO_INVOICE_DATA,
          description: data.description ?? null,
          footer: data.footer ?? null,
          metadata: cleanMetadata(metadata),
        },
      },
    }),
    ...(tax_id_collection && {
      tax_id_collection: {
        enabled: tax_id_collection.enabled,
        required: tax_id_collection.required ?? "never",
      },
    }),
  };
}

/** Stripe offers SEPA Debit for euros only. Here it is offered for every currency, so that any course can try it. */
function paymentMethodTypes(parameters: Parameters): string[] {
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded = [] } = parameters;
  return ["card", "sepa_debit"].filter(
    (type) => (!allowed || allowed.includes(type)) && !excluded.includes(type),
  );
}

function prefilledDetails(
  parameters: Parameters,
  customer: Stripe.Customer | undefined,
): Stripe.Checkout.Session.CustomerDetails | null {
  const email = customer?.email ?? parameters.customer_email;
  if (!customer && !email) return null;
  return customerDetails(email ?? null, customer?.name ?? null, customer?.address ?? null);
}

const NO_INVOICE_DATA: Stripe.Checkout.Session.InvoiceCreation.InvoiceData = {
  account_tax_ids: null,
  custom_fields: null,
  description: null,
  footer: null,
  issuer: null,
  metadata: {},
  rendering_options: null,
};

/** An open session in everything that the parameters do not decide. */
const BLANK: Omit<Stripe.Checkout.Session, "created" | "expires_at" | "id"> = {
  object: "checkout.session",
  adaptive_pricing: { enabled: false },
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  amount_subtotal: null,
  amount_total: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  cancel_url: null,
  client_reference_id: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer: null,
  customer_account: null,
  customer_creation: null,
  customer_details: null,
  customer_email: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: {
    enabled: false,
    invoice_data: NO_INVOICE_DATA,
  },
  livemode: false,
  locale: null,
  managed_payments: null,
  metadata: {},
  mode: "payment",
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: "if_required",
  payment_method_configuration_details: null,
  payment_method_options: { card: { request_three_d_secure: "automatic" } },
  payment_method_types: [],
  payment_status: "unpaid",
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: "open",
  submit_type: null,
  subscription: null,
  success_url: null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: "embedded_page",
  url: null,
  wallet_options: null,
};
