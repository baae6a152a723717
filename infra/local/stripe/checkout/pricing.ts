/** What a checkout comes to: the items, less a coupon, with tax. Integers only, rounded where and as Stripe rounds. */
import type Stripe from "stripe";
import { stepOf } from "./amounts.ts";

/** The tax of one sale: hundredths of a percent, so 19 % is 1900. */
export interface Tax {
  rate: number;
  isIncluded: boolean;
}

export type Reduction = Pick<Stripe.Coupon, "amount_off" | "percent_off">;

interface Totals {
  amountSubtotal: number;
  amountDiscount: number;
  amountTax: number;
  amountTotal: number;
}

type Item = Pick<Stripe.LineItem, "amount_subtotal" | "currency">;

/** @returns each item with its own part of discount and tax; Stripe rounds per item */
export function priceItems<T extends Item>(items: T[], reduction: Reduction | undefined, tax?: Tax) {
  const subtotals = items.map(({ amount_subtotal }) => amount_subtotal);
  const step = stepOf(items[0]?.currency ?? "");
  const discounts = reduction ? discountsOn(subtotals, reduction, step) : subtotals.map(() => 0);
  return items.map((item, index) => {
    const amount_discount = discounts[index] ?? 0;
    const left = item.amount_subtotal - amount_discount;
    const amount_tax = tax ? taxOn(left, tax, step) : 0;
    const amount_total = tax?.isIncluded ? left : left + amount_tax;
    return { ...item, amount_discount, amount_tax, amount_total };
  });
}

export function totalOf(
  items: Pick<Stripe.LineItem, keyof Item | (`amount_${string}` & keyof Stripe.LineItem)>[],
): Totals {
  const sum = (name: "amount_subtotal" | "amount_discount" | "amount_tax" | "amount_total") =>
    items.reduce((total, item) => total + item[name], 0);
  return {
    amountSubtotal: sum("amount_subtotal"),
    amountDiscount: sum("amount_discount"),
    amountTax: sum("amount_tax"),
    amountTotal: sum("amount_total"),
  };
}

/** Never more than there is. An amount is spread over the items by what they cost; the last one has what is left of it. */
function discountsOn(
  subtotals: number[],
  { amount_off: amountOff, percent_off: percentOff }: Reduction,
  step: number,
) {
  if (percentOff !== null) {
    return subtotals.map((subtotal) => part(subtotal, Math.round(percentOff * 100), 10_000, step));
  }
  const whole = subtotals.reduce((sum, subtotal) => sum + subtotal, 0);
  let left = Math.min(amountOff ?? 0, whole);
  const off = left;
  return subtotals.map((subtotal, index) => {
    const isLast = index === subtotals.length - 1;
    const share = isLast ? left : Math.min(left, part(off, subtotal, whole, step));
    left -= share;
    return share;
  });
}

function taxOn(amount: number, { rate, isIncluded }: Tax, step: number): number {
  return part(amount, rate, isIncluded ? 10_000 + rate : 10_000, step);
}

/** Halves are rounded up, to what can be charged. Exact: the largest amount by the largest rate is more than a double holds. */
function part(amount: number, numerator: number, denominator: number, step: number): number {
  if (denominator === 0) return 0;
  const unit = BigInt(denominator) * BigInt(step);
  const rounded = (2n * BigInt(amount) * BigInt(numerator) + unit) / (2n * unit);
  return Number(rounded) * step;
}
