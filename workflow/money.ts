/** Money is integer minor units with a currency, as Stripe counts them. Here it becomes text, and text becomes it. */
import { usableLocale } from "./locale.ts";

// Source: docs.stripe.com/currencies. Intl knows other digits for some (none for huf and rsd), so it is not asked.
const WITHOUT_MINOR_UNIT = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" ");
const WITH_THREE_DIGITS = "bhd jod kwd omr tnd".split(" ");
/** Counted in hundredths, which nobody writes unless there are some. */
const WRITTEN_WITHOUT_FRACTION = "huf isk twd ugx".split(" ");
/** Counted in hundredths, of which Stripe charges whole hundreds only. */
const CHARGED_WITHOUT_FRACTION = "isk ugx".split(" ");

/** @returns how many digits Stripe counts after the point: 4900 is $49.00 (2), ¥4,900 (0), KWD 4.900 (3) */
export function minorUnitDigits(currency: string): 0 | 2 | 3 {
  const code = currency.toLowerCase();
  if (WITHOUT_MINOR_UNIT.includes(code)) return 0;
  return WITH_THREE_DIGITS.includes(code) ? 3 : 2;
}

/**
 * @param amount minor units: 4900 with "usd" is $49.00, 500000 with "huf" is HUF 5,000
 * @param currency ISO 4217, in either case; what is none is shown as it is
 * @param locale whose notation; may be no language tag at all
 */
export function formatMoney(amount: number, currency: string, locale?: string | null): string {
  const digits = minorUnitDigits(currency);
  const majorUnits = toMajorUnits(amount, digits);
  if (!/^[a-z]{3}$/i.test(currency)) return `${majorUnits} ${currency}`;
  const isShortened = WRITTEN_WITHOUT_FRACTION.includes(currency.toLowerCase());
  const format = new Intl.NumberFormat(usableLocale(locale), {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: isShortened ? "stripIfInteger" : "auto",
  });
  return format.format(majorUnits);
}

/**
 * Reads a price as people write it: 49, "49.90". Nothing is rounded.
 *
 * @param price in major units, digits with at most one point
 * @throws RangeError saying what is wrong with it, e.g. that it has more digits than the currency
 */
export function toMinorUnits(price: number | string, currency: string): number {
  const [text, whole, fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(String(price)) ?? [];
  if (text === undefined) throw new RangeError(`${price} is no price, as in 49 or 49.90`);
  const digits = minorUnitDigits(currency);
  if (fraction.length > digits) throw new RangeError(`${price} ${currency} has more than ${digits} decimals`);
  const amount = Number(`${whole}${fraction.padEnd(digits, "0")}`);
  if (!Number.isSafeInteger(amount))
    throw new RangeError(`${price} ${currency} is too much to be counted exactly`);
  const step = chargedStep(currency);
  if (amount % step !== 0) {
    throw new RangeError(
      `${price} ${currency} cannot be charged, only what ends in ${String(step).slice(1)}`,
    );
  }
  return amount;
}

/** @returns what Stripe charges whole multiples of, in minor units */
export function chargedStep(currency: string): 1 | 10 | 100 {
  if (CHARGED_WITHOUT_FRACTION.includes(currency.toLowerCase())) return 100;
  return minorUnitDigits(currency) === 3 ? 10 : 1;
}

/** As decimal text, which Intl reads exactly; a quotient of two numbers is not always exact. */
function toMajorUnits(amount: number, digits: number): Intl.StringNumericLiteral {
  const minor = String(Math.abs(amount)).padStart(digits + 1, "0");
  const point = minor.length - digits;
  const sign = amount < 0 ? "-" : "";
  return `${sign}${minor.slice(0, point)}.${minor.slice(point)}` as Intl.StringNumericLiteral;
}
