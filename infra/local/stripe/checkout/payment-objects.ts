/** The payment intent and the charges of a checkout session, in the shapes of the SDK. */
import type Stripe from "stripe";
import { createId, randomText } from "../ids.ts";
import { cleanMetadata } from "../metadata.ts";
import type { CheckoutRecord } from "../store/records.ts";
import type { PaymentMethodUse } from "./payment-method.ts";
import type { Decline } from "./test-numbers.ts";

const ACCOUNT_NAME = "BURSAR";

export function createPaymentIntent({ session, paymentIntentData }: CheckoutRecord): Stripe.PaymentIntent {
  const id = createId("pi");
  return {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: session.amount_total ?? 0,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: "automatic",
    created: Math.floor(Date.now() / 1000),
    currency: session.currency ?? "",
    customer: session.customer,
    customer_account: null,
    description: paymentIntentData.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: cleanMetadata(paymentIntentData.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } } as never,
    payment_method_types: session.payment_method_types,
    payment_record: null,
    processing: null,
    receipt_email: paymentIntentData.receipt_email ?? null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: paymentIntentData.statement_descriptor ?? null,
    statement_descriptor_suffix: paymentIntentData.statement_descriptor_suffix ?? null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: paymentIntentData.transfer_group ?? null,
  };
}

export function createCharge(
  intent: Stripe.PaymentIntent,
  method: PaymentMethodUse,
  email: string,
): Stripe.Charge {
  return {
    id: createId("ch"),
    object: "charge",
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: BLANK_ADDRESS, email, name: method.name, phone: null, tax_id: null },
    calculated_statement_descriptor: ACCOUNT_NAME,
    captured: false,
    created: Math.floor(Date.now() / 1000),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: createId("pm"),
    payment_method_details: paymentMethodDetails(method),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: "pending",
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
}

export function succeedCharge(charge: Stripe.Charge): Stripe.Charge {
  return {
    ...charge,
    amount_captured: charge.amount,
    balance_transaction: createId("txn"),
    captured: true,
    outcome: {
      ...BLANK_OUTCOME,
      network_status: "approved_by_network",
      seller_message: "Payment complete.",
      type: "authorized",
    },
    paid: true,
    status: "succeeded",
  };
}

export function failCharge(charge: Stripe.Charge, decline: Decline): Stripe.Charge {
  return {
    ...charge,
    failure_code: decline.code,
    failure_message: decline.message,
    outcome: {
      ...BLANK_OUTCOME,
      network_status: "declined_by_network",
      reason: decline.declineCode ?? decline.code,
      seller_message: "The bank did not return any further details with this decline.",
      type: "issuer_declined",
    },
    status: "failed",
  };
}

function paymentMethodDetails(method: PaymentMethodUse): Stripe.Charge.PaymentMethodDetails {
  if (method.type === "card") {
    const { brand, last4, expMonth, expYear } = method;
    const card = { brand, last4, exp_month: expMonth, exp_year: expYear, country: "US", funding: "credit" };
    return { type: "card", card: card as Stripe.Charge.PaymentMethodDetails.Card };
  }
  const debit = {
    bank_code: method.iban.slice(4, 12),
    country: method.iban.slice(0, 2),
    last4: method.last4,
  };
  return { type: "sepa_debit", sepa_debit: debit as Stripe.Charge.PaymentMethodDetails.SepaDebit };
}

const BLANK_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
const BLANK_OUTCOME = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  reason: null,
  risk_level: "normal",
  risk_score: 20,
};
