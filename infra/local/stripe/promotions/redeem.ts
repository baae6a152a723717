/** Whether a code that a student has entered takes anything off a checkout, and that it was used. */
import type Stripe from "stripe";
import { invalidRequest, type StripeApiError } from "../errors.ts";
import { type Change, type CheckoutRecord, idOf, type Records } from "../store/records.ts";
import { isUsedUp, presentCoupon, presentPromotionCode } from "./coupon.ts";

export interface Redeemable {
  code: Stripe.PromotionCode;
  coupon: Stripe.Coupon;
}

/**
 * In either case, as the form takes it.
 * @throws StripeApiError 400 in words for whoever has entered it
 */
export async function findRedeemable(
  entered: string,
  record: CheckoutRecord,
  records: Records,
): Promise<Redeemable> {
  const { data: codes } = await records.promotionCodes.list({
    where: { code: entered.toUpperCase() },
    limit: 100,
  });
  const code = codes.find((one) => presentPromotionCode(one).active) ?? codes[0];
  const coupon = code && (await records.coupons.find(idOf(code.promotion.coupon) ?? ""));
  if (!code || !coupon) throw unusable("This code is invalid.");
  const reason = await whyNot({ code, coupon }, record, records);
  if (reason) throw unusable(reason);
  return { code, coupon };
}

async function whyNot({ code, coupon }: Redeemable, { session }: CheckoutRecord, records: Records) {
  const { restrictions } = code;
  if (isUsedUp(code) || isUsedUp(coupon)) {
    return "This promotion code cannot be redeemed because it has been used the maximum number of times.";
  }
  if (!presentPromotionCode(code).active || !presentCoupon(coupon).valid) return "This code is expired.";
  const customer = idOf(session.customer);
  if (code.customer && idOf(code.customer) !== customer) return "This code is invalid.";
  const isOtherCurrency = coupon.currency !== null && coupon.currency !== session.currency;
  if (isOtherCurrency) return "This code is valid, but doesn't apply to items in your order.";
  if (isBelow(restrictions, session)) {
    return "This promotion code cannot be redeemed because the associated purchase does not meet the minimum amount requirement.";
  }
  if (restrictions.first_time_transaction && customer && (await hasPaid(customer, records))) {
    return "This promotion code cannot be redeemed because the associated customer has prior transactions.";
  }
  return undefined;
}

function isBelow(
  { minimum_amount: minimum, minimum_amount_currency: currency }: Stripe.PromotionCode.Restrictions,
  { amount_subtotal: subtotal, currency: ours }: Stripe.Checkout.Session,
): boolean {
  return minimum !== null && (currency !== ours || (subtotal ?? 0) < minimum);
}

async function hasPaid(customer: string, records: Records): Promise<boolean> {
  const matches = ({ status }: Stripe.PaymentIntent) => status === "succeeded";
  return (await records.paymentIntents.list({ where: { customer }, matches, limit: 1 })).data.length > 0;
}

/** Once more, in the one change that completes the checkout. */
export function useUp({ code, coupon }: Redeemable): Pick<Change, "coupons" | "promotionCodes"> {
  return {
    coupons: [{ ...coupon, times_redeemed: coupon.times_redeemed + 1 }],
    promotionCodes: [{ ...code, times_redeemed: code.times_redeemed + 1 }],
  };
}

const unusable = (message: string): StripeApiError => invalidRequest(message, { param: "promotionCode" });
