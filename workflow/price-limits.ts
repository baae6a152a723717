/** Which prices the payment provider charges at all. Source: docs.stripe.com/currencies. */
import { chargedStep, formatMoney } from "./money.ts";

const CURRENCIES = `
  usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp cny cop
  crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr isk jmd jod jpy
  kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok
  npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top
  try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xcg xof xpf yer zar zmw`
  .trim()
  .split(/\s+/);

/**
 * Minor units, for an account that is paid out in the same currency. Any other price is held against the minimum of the
 * account's own currency after conversion, which cannot be known beforehand.
 */
const MINIMUMS: Record<string, number> = {
  usd: 50,
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1_500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1_000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1_000,
};

const MAXIMUM = 99_999_999;
/** Where more digits are allowed, with a card at least. */
const MAXIMUMS: Record<string, number> = {
  idr: 999_999_999_999,
  inr: 999_999_999,
  cop: 9_999_999_999,
  huf: 9_999_999_999,
  jpy: 9_999_999_999,
  lbp: 99_999_999_999,
};

/**
 * @param unitAmount minor units of `currency`, which is in lower case
 * @returns what a person has to correct; undefined when the price can be charged, as far as that can be known
 */
export function findPriceFault(unitAmount: number, currency: string): string | undefined {
  if (!CURRENCIES.includes(currency)) return `Stripe charges no currency ${currency}`;
  const say = (amount: number) => `${amount} (${formatMoney(amount, currency, "en")})`;
  const minimum = MINIMUMS[currency] ?? 1;
  if (unitAmount < minimum) return `${say(unitAmount)} is less than Stripe charges, ${say(minimum)} at least`;
  const maximum = MAXIMUMS[currency] ?? MAXIMUM;
  if (unitAmount > maximum) return `${say(unitAmount)} is more than Stripe charges, ${say(maximum)} at most`;
  const step = chargedStep(currency);
  if (unitAmount % step !== 0) return `${say(unitAmount)} is no multiple of ${step}, as Stripe wants it`;
  return undefined;
}
