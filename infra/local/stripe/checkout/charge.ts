/** What is charged to a card or an account, in the shape of the SDK. */
import type Stripe from "stripe";
import { createId } from "../ids.ts";
import type { PaymentMethodUse } from "./payment-method.ts";
import { paymentMethodDetails } from "./payment-method-details.ts";
import type { Decline } from "./test-numbers.ts";

const ACCOUNT_NAME = "BURSAR";

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
    payment_method_details: paymentMethodDetails(method, intent.amount),
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

/**
 * What it brings the account is not known yet: `bookCharge` says so a moment later.
 * @param origin where receipts are shown, e.g. `http://localhost:12111`
 */
export function succeedCharge(charge: Stripe.Charge, origin: string): Stripe.Charge {
  return {
    ...charge,
    amount_captured: charge.amount,
    captured: true,
    outcome: {
      ...BLANK_OUTCOME,
      network_status: "approved_by_network",
      seller_message: "Payment complete.",
      type: "authorized",
    },
    paid: true,
    receipt_url: `${origin}/receipts/${charge.id}`,
    status: "succeeded",
  };
}

/** Told by `charge.updated`: https://docs.stripe.com/payments/payment-intents/asynchronous-capture */
export function bookCharge(charge: Stripe.Charge): Stripe.Charge {
  return { ...charge, balance_transaction: createId("txn") };
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

const BLANK_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
const BLANK_OUTCOME = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  reason: null,
  risk_level: "normal",
  risk_score: 20,
};
