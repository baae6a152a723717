/** Prices in the student's own notation. */
import type { Course } from "#workflow/model.ts";

// Stripe counts these without a minor unit, and some with three digits; every other currency has two, also where
// Intl shows none (ISK, UGX). Source: docs.stripe.com/currencies
const WITHOUT_MINOR_UNIT = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
const WITH_THREE_DIGITS = new Set("bhd jod kwd omr tnd".split(" "));

/**
 * @param unitAmount minor units: 4900 with "usd" is $49.00, 4900 with "jpy" is ¥4,900
 * @param currency ISO 4217, in either case
 */
export function formatMoney(
  unitAmount: number,
  currency: string,
  locale: string = navigator.language,
): string {
  const code = currency.toLowerCase();
  const digits = WITHOUT_MINOR_UNIT.has(code) ? 0 : WITH_THREE_DIGITS.has(code) ? 3 : 2;
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(unitAmount / 10 ** digits);
}

/** "Free", or the price. */
export function formatPrice(course: Course, locale?: string): string {
  return course.pricingModel === "free" ? "Free" : formatMoney(course.unitAmount, course.currency, locale);
}
