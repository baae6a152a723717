/** Coupons, and the promotion codes by which students come to them. */
import type Stripe from "stripe";
import { checkCurrency } from "../checkout/amounts.ts";
import { invalidRequest } from "../errors.ts";
import { createId, randomText } from "../ids.ts";
import { cleanMetadata } from "../metadata.ts";

const now = () => Math.floor(Date.now() / 1000);

/** @throws StripeApiError 400 */
export function createCoupon(wanted: Stripe.CouponCreateParams): Stripe.Coupon {
  const { amount_off: amountOff, percent_off: percentOff, currency } = wanted;
  if ((amountOff === undefined) === (percentOff === undefined)) {
    throw invalidRequest("Must provide either `percent_off` or `amount_off`, and not both.", {
      param: "percent_off",
    });
  }
  if (percentOff !== undefined && !(percentOff > 0 && percentOff <= 100)) {
    throw invalidRequest("Invalid percent_off: must be greater than 0 and at most 100.", {
      param: "percent_off",
    });
  }
  if (amountOff !== undefined) checkAmountOff(amountOff, currency);
  const beyond = (["applies_to", "currency_options"] as const).find((name) => wanted[name] !== undefined);
  if (beyond) throw invalidRequest(`Stripe's stand-in does not do \`${beyond}\`.`, { param: beyond });
  return {
    id: wanted.id ?? randomText(8),
    object: "coupon",
    amount_off: amountOff ?? null,
    created: now(),
    currency: amountOff === undefined ? null : (currency?.toLowerCase() ?? null),
    duration: wanted.duration ?? "once",
    duration_in_months: wanted.duration_in_months ?? null,
    livemode: false,
    max_redemptions: wanted.max_redemptions ?? null,
    metadata: cleanMetadata(wanted.metadata),
    name: wanted.name ?? null,
    percent_off: percentOff ?? null,
    redeem_by: wanted.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  };
}

function checkAmountOff(amountOff: number, currency: string | undefined): void {
  if (!currency) {
    throw invalidRequest("You must pass `currency` when passing `amount_off`.", {
      code: "parameter_missing",
      param: "currency",
    });
  }
  checkCurrency(currency, "currency");
  if (amountOff < 1) throw invalidRequest(`Invalid integer: ${amountOff}`, { param: "amount_off" });
}

export function createPromotionCode(
  wanted: Stripe.PromotionCodeCreateParams,
  coupon: Stripe.Coupon,
): Stripe.PromotionCode {
  const { code = randomText(8).toUpperCase(), restrictions = {} } = wanted;
  if (!/^[\w-]{1,500}$/.test(code)) {
    throw invalidRequest("Promotion codes may only contain letters, digits, dashes and underscores.", {
      param: "code",
    });
  }
  return {
    id: createId("promo"),
    object: "promotion_code",
    active: wanted.active ?? true,
    code,
    created: now(),
    customer: wanted.customer ?? null,
    customer_account: null,
    expires_at: wanted.expires_at ?? null,
    livemode: false,
    max_redemptions: wanted.max_redemptions ?? null,
    metadata: cleanMetadata(wanted.metadata),
    promotion: { type: "coupon", coupon: coupon.id },
    restrictions: {
      first_time_transaction: restrictions.first_time_transaction ?? false,
      minimum_amount: restrictions.minimum_amount ?? null,
      minimum_amount_currency: restrictions.minimum_amount_currency?.toLowerCase() ?? null,
    },
    times_redeemed: 0,
  };
}

/** As the API tells it: what is used up or over is no longer valid. */
export function presentCoupon(coupon: Stripe.Coupon): Stripe.Coupon {
  return { ...coupon, valid: coupon.valid && !isUsedUp(coupon) && !isPast(coupon.redeem_by) };
}

export function presentPromotionCode(code: Stripe.PromotionCode): Stripe.PromotionCode {
  return { ...code, active: code.active && !isUsedUp(code) && !isPast(code.expires_at) };
}

const isPast = (second: number | null) => second !== null && second <= now();

export const isUsedUp = (one: Pick<Stripe.Coupon, "max_redemptions" | "times_redeemed">) =>
  one.max_redemptions !== null && one.times_redeemed >= one.max_redemptions;
