/** What a charge says of the card or the account that paid. */
import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { PaymentMethodUse } from "./payment-method.ts";

/** @param amount minor units */
export function paymentMethodDetails(
  method: PaymentMethodUse,
  amount: number,
): Stripe.Charge.PaymentMethodDetails {
  return method.type === "card"
    ? { type: "card", card: cardDetails(method, amount) }
    : { type: "sepa_debit", sepa_debit: debitDetails(method) };
}

type Use<Type> = Extract<PaymentMethodUse, { type: Type }>;

function cardDetails(
  { brand, expMonth, expYear, last4 }: Use<"card">,
  amount: number,
): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: amount,
    authorization_code: null,
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: "US",
    electronic_commerce_indicator: null,
    exp_month: expMonth,
    exp_year: expYear,
    fingerprint: fingerprint(`${brand} ${last4} ${expMonth} ${expYear}`),
    funding: "credit",
    installments: null,
    last4,
    mandate: null,
    network: brand,
    network_transaction_id: null,
    regulated_status: "unregulated",
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}

function debitDetails({ iban, last4 }: Use<"sepa_debit">): Stripe.Charge.PaymentMethodDetails.SepaDebit {
  return {
    bank_code: iban.slice(4, 12),
    branch_code: null,
    country: iban.slice(0, 2),
    fingerprint: fingerprint(iban),
    last4,
    mandate: null,
  };
}

/** The same for the same card or account, as Stripe's is within one account. */
const fingerprint = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
