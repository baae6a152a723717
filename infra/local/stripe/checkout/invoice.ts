/** The invoice of a checkout that was paid, as its session has asked for one: made afterwards, and paid already. */
import type Stripe from "stripe";
import { Stripe as Sdk } from "stripe";
import { createId, randomText } from "../ids.ts";
import { type CheckoutRecord, idOf } from "../store/records.ts";

/**
 * @param origin where invoices are shown, e.g. `http://localhost:12111`
 * @returns undefined unless the session asks for one
 */
export function invoiceFor(record: CheckoutRecord, origin: string): Stripe.Invoice | undefined {
  const { session } = record;
  if (!session.invoice_creation?.enabled) return undefined;
  const id = createId("in");
  const now = Math.floor(Date.now() / 1000);
  const total = session.amount_total ?? 0;
  const { amount_discount: discount = 0, amount_tax: tax = 0 } = session.total_details ?? {};
  const details = session.customer_details;
  const discountId = createId("di");
  const data = session.invoice_creation.invoice_data;
  return {
    ...BLANK,
    id,
    amount_due: total,
    amount_paid: total,
    attempted: true,
    attempt_count: 0,
    automatic_tax: { ...BLANK.automatic_tax, ...taxStatusOf(session) },
    created: now,
    currency: session.currency ?? "",
    customer: session.customer,
    customer_address: details?.address ?? null,
    customer_email: details?.email ?? null,
    customer_name: details?.business_name ?? details?.name ?? null,
    customer_tax_ids: details?.tax_ids ?? [],
    description: data.description,
    discounts: discount > 0 ? [discountId] : [],
    effective_at: now,
    footer: data.footer,
    hosted_invoice_url: `${origin}/invoices/${id}`,
    invoice_pdf: `${origin}/invoices/${id}/pdf`,
    lines: linesOf(record, id, discountId),
    metadata: data.metadata,
    number: `${randomText(8).toUpperCase()}-0001`,
    period_end: now,
    period_start: now,
    status_transitions: { ...BLANK.status_transitions, finalized_at: now, paid_at: now },
    subtotal: session.amount_subtotal ?? 0,
    subtotal_excluding_tax: (session.amount_subtotal ?? 0) - (isInclusive(record) ? tax : 0),
    total,
    total_discount_amounts: discount > 0 ? [{ amount: discount, discount: discountId }] : [],
    total_excluding_tax: total - tax,
    total_taxes: taxesOf(record, tax),
  };
}

const isInclusive = ({ lineItems }: CheckoutRecord) => lineItems[0]?.price?.tax_behavior === "inclusive";

const taxStatusOf = ({ automatic_tax: { enabled, status } }: Stripe.Checkout.Session) => ({
  enabled,
  status: enabled ? status : null,
});

function taxesOf(record: CheckoutRecord, amount: number): Stripe.Invoice.TotalTax[] {
  if (!record.session.automatic_tax.enabled) return [];
  return [
    {
      amount,
      tax_behavior: isInclusive(record) ? "inclusive" : "exclusive",
      tax_rate_details: { tax_rate: createId("txr") },
      taxability_reason: amount > 0 ? "standard_rated" : "not_collecting",
      taxable_amount: amount > 0 ? (record.session.amount_total ?? 0) - amount : 0,
      type: "tax_rate_details",
    },
  ];
}

function linesOf(record: CheckoutRecord, invoice: string, discount: string): Stripe.Invoice["lines"] {
  const now = Math.floor(Date.now() / 1000);
  const data = record.lineItems.map(
    (item): Stripe.InvoiceLineItem => ({
      id: createId("il"),
      object: "line_item",
      amount: item.amount_subtotal,
      currency: item.currency,
      description: item.description,
      discount_amounts: item.amount_discount > 0 ? [{ amount: item.amount_discount, discount }] : [],
      discountable: true,
      discounts: item.amount_discount > 0 ? [discount] : [],
      invoice,
      livemode: false,
      metadata: {},
      parent: null,
      period: { end: now, start: now },
      pretax_credit_amounts: [],
      pricing: {
        price_details: { price: item.price?.id ?? "", product: idOf(item.price?.product) ?? "" },
        type: "price_details",
        unit_amount_decimal: Sdk.Decimal.from(item.price?.unit_amount ?? 0),
      },
      quantity: item.quantity,
      quantity_decimal: Sdk.Decimal.from(item.quantity ?? 1),
      subscription: null,
      subtotal: item.amount_subtotal,
      taxes: taxesOf(record, item.amount_tax) as Stripe.InvoiceLineItem.Tax[],
    }),
  );
  return { object: "list", data, has_more: false, url: `/v1/invoices/${invoice}/lines` };
}

const BLANK = {
  object: "invoice",
  account_country: "IE",
  account_name: "Bursar",
  account_tax_ids: null,
  amount_overpaid: 0,
  amount_paid_off_stripe: 0,
  amount_remaining: 0,
  amount_shipping: 0,
  application: null,
  auto_advance: false,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  automatically_finalizes_at: null,
  billing_reason: "manual",
  collection_method: "charge_automatically",
  custom_fields: null,
  customer_account: null,
  customer_phone: null,
  customer_shipping: null,
  customer_tax_exempt: "none",
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  due_date: null,
  ending_balance: 0,
  from_invoice: null,
  issuer: { type: "self" },
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  next_payment_attempt: null,
  on_behalf_of: null,
  parent: null,
  payment_settings: {
    default_mandate: null,
    payment_method_options: null,
    payment_method_types: null,
  },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  status: "paid",
  status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
  test_clock: null,
  total_pretax_credit_amounts: [],
  webhooks_delivered_at: null,
} satisfies Partial<Stripe.Invoice>;
