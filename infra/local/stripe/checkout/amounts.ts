/** What Stripe charges at least and at most, and in what steps: https://docs.stripe.com/currencies */
import { invalidRequest } from "../errors.ts";

/** Minor units, with Stripe's own notation of them. Other currencies must be worth as much as the account's own minimum. */
const MINIMUMS: Record<string, [amount: number, text: string]> = {
  aed: [200, "2.00 د.إ"],
  aud: [50, "$0.50"],
  bgn: [100, "лв1.00"],
  brl: [50, "R$0.50"],
  cad: [50, "$0.50"],
  chf: [50, "0.50 Fr"],
  czk: [1500, "15.00Kč"],
  dkk: [250, "2.50-kr."],
  eur: [50, "€0.50"],
  gbp: [30, "£0.30"],
  hkd: [400, "$4.00"],
  huf: [17_500, "175.00 Ft"],
  inr: [50, "₹0.50"],
  jpy: [50, "¥50"],
  mxn: [1000, "$10.00"],
  myr: [200, "RM2.00"],
  nok: [300, "3.00-kr."],
  nzd: [50, "$0.50"],
  pln: [200, "2.00 zł"],
  ron: [200, "lei2.00"],
  sek: [300, "3.00-kr."],
  sgd: [50, "$0.50"],
  thb: [1000, "฿10.00"],
  usd: [50, "$0.50"],
};

/** Where eight digits are not the limit. */
const MAXIMUMS: Record<string, number> = {
  cop: 9_999_999_999,
  huf: 9_999_999_999,
  idr: 999_999_999_999,
  inr: 999_999_999,
  jpy: 9_999_999_999,
  lbp: 99_999_999_999,
};
const EIGHT_DIGITS = 99_999_999;

const THREE_DECIMALS = ["bhd", "jod", "kwd", "omr", "tnd"];
const WITHOUT_FRACTIONS = ["isk", "ugx"];

/** As Stripe lists them to whoever names another. */
const CURRENCIES = (
  "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp " +
  "cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl hrk htg huf idr ils inr " +
  "isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mro mur mvr mwk mxn " +
  "myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sll sos " +
  "srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xcg xof xpf yer zar zmw"
).split(" ");

/**
 * @param param what the price stands under, e.g. `line_items[0][price_data]`; a price of the catalogue under nothing
 * @throws StripeApiError 400
 */
export function checkUnitAmount(unitAmount: number, currency: string, param = ""): void {
  const code = currency.toLowerCase();
  const at = (name: string) => ({ param: param ? `${param}[${name}]` : name });
  checkCurrency(code, at("currency").param);
  if (!Number.isInteger(unitAmount) || unitAmount < 0 || unitAmount > maximumOf(code)) {
    throw invalidRequest(`Invalid integer: ${unitAmount}`, {
      code: "parameter_invalid_integer",
      ...at("unit_amount"),
    });
  }
  const step = stepOf(code);
  if (unitAmount % step !== 0) {
    // Stripe's words for krónur: https://support.stripe.com/questions/deprecation-of-fractional-isk-charges-and-refunds
    throw invalidRequest(
      `Invalid amount. Charged amounts in ${code.toUpperCase()} must be evenly divisible by ${step}. ` +
        "See https://stripe.com/docs/currencies#special-cases for more information.",
      { code: "invalid_charge_amount_no_decimal_compatible", ...at("unit_amount") },
    );
  }
}

/** @throws StripeApiError 400 */
export function checkCurrency(currency: string, param: string): void {
  const code = currency.toLowerCase();
  if (CURRENCIES.includes(code)) return;
  const known = CURRENCIES.join(", ");
  throw invalidRequest(`Invalid currency: ${code}. Stripe currently supports these currencies: ${known}`, {
    param,
  });
}

/**
 * A session that asks for nothing is allowed and needs no payment.
 * @throws StripeApiError 400
 */
export function checkTotal(amount: number, currency: string): void {
  const [minimum, text] = MINIMUMS[currency] ?? [50, "$0.50"];
  if (amount > 0 && amount < minimum) {
    const words =
      currency in MINIMUMS
        ? `due must add up to at least ${text} ${currency}`
        : "must convert to at least 50 cents";
    throw invalidRequest(`The Checkout Session's total amount ${words}.`, { code: "amount_too_small" });
  }
  if (amount > maximumOf(currency)) {
    throw invalidRequest(
      `The Checkout Session's total amount due must be no more than ${maximumOf(currency)}.`,
      {
        code: "amount_too_large",
      },
    );
  }
}

const maximumOf = (currency: string) => MAXIMUMS[currency] ?? EIGHT_DIGITS;

/** @returns what Stripe charges whole multiples of, in minor units */
export function stepOf(currency: string): number {
  if (WITHOUT_FRACTIONS.includes(currency)) return 100;
  return THREE_DECIMALS.includes(currency) ? 10 : 1;
}
