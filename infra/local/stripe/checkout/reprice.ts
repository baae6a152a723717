/** Writes on an order what it comes to, with its code and the tax of where its student lives. */
import { invalidRequest } from "../errors.ts";
import type { Redeemable } from "../promotions/redeem.ts";
import type { CheckoutRecord } from "../store/records.ts";
import { checkTotal } from "./amounts.ts";
import { priceItems, totalOf } from "./pricing.ts";
import { taxFor } from "./tax.ts";

/** @throws StripeApiError 400 when what is left is less than Stripe charges, but not nothing */
export function reprice(record: CheckoutRecord, redeemable: Redeemable | undefined): CheckoutRecord {
  const { session, lineItems: standing } = record;
  const { automatic_tax: automaticTax, currency, customer_details: details } = session;
  const behavior = standing[0]?.price?.tax_behavior === "inclusive" ? "inclusive" : "exclusive";
  const tax = automaticTax.enabled && details ? taxFor(details, behavior) : undefined;
  const lineItems = priceItems(standing, redeemable?.coupon, tax);
  const total = totalOf(lineItems);
  requireChargeable(total.amountTotal, currency ?? "", redeemable);
  return {
    ...record,
    lineItems,
    session: {
      ...session,
      amount_subtotal: total.amountSubtotal,
      amount_total: total.amountTotal,
      automatic_tax: {
        ...automaticTax,
        ...(automaticTax.enabled && { status: tax ? "complete" : "requires_location_inputs" }),
      },
      discounts: redeemable ? [{ coupon: null, promotion_code: redeemable.code.id }] : [],
      payment_status: total.amountTotal === 0 ? "no_payment_required" : "unpaid",
      total_details: {
        amount_discount: total.amountDiscount,
        amount_shipping: 0,
        amount_tax: total.amountTax,
      },
    },
  };
}

function requireChargeable(amountTotal: number, currency: string, redeemable: Redeemable | undefined): void {
  try {
    checkTotal(amountTotal, currency);
  } catch (error) {
    if (!redeemable) throw error;
    throw invalidRequest((error as Error).message, { code: "amount_too_small", param: "promotionCode" });
  }
}
