/** The payment intent of a checkout session: made by the first attempt to pay, and what the attempts make of it. */
import type Stripe from "stripe";
import { createId, randomText } from "../ids.ts";
import { cleanMetadata } from "../metadata.ts";
import type { CheckoutRecord } from "../store/records.ts";
import type { Decline } from "./test-numbers.ts";

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
    payment_method_options: optionsOf(session.payment_method_types),
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

export function succeedIntent(intent: Stripe.PaymentIntent, charge: Stripe.Charge): Stripe.PaymentIntent {
  return {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: charge.payment_method,
    status: "succeeded",
  };
}

export function failIntent(
  intent: Stripe.PaymentIntent,
  reason: Decline,
  charge?: Stripe.Charge,
): Stripe.PaymentIntent {
  return {
    ...intent,
    last_payment_error: {
      code: reason.code,
      message: reason.message,
      type: charge ? "card_error" : "invalid_request_error",
      ...(reason.declineCode && { decline_code: reason.declineCode }),
      ...(charge && { charge: charge.id }),
    },
    latest_charge: charge?.id ?? intent.latest_charge,
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  };
}

function optionsOf(types: string[]): Stripe.PaymentIntent.PaymentMethodOptions {
  return {
    ...(types.includes("card") && {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" },
    }),
    ...(types.includes("sepa_debit") && { sepa_debit: {} }),
  };
}
