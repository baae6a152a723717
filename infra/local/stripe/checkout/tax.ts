/** Stripe Tax, as much as a form shows of it: one rate for each country in which the account is registered. */
import type Stripe from "stripe";
import { invalidRequest } from "../errors.ts";
import type { Tax } from "./pricing.ts";

/** Hundredths of a percent. In any other country the account is not registered, and there is no tax. */
const RATES: Record<string, number> = {
  AT: 2000,
  BE: 2100,
  CH: 810,
  CL: 1900,
  DE: 1900,
  ES: 2100,
  FR: 2000,
  GB: 2000,
  HU: 2700,
  IE: 2300,
  IS: 2400,
  IT: 2200,
  JP: 1000,
  KR: 1000,
  NL: 2100,
  PL: 2300,
  TW: 500,
  UG: 1800,
};
/** Where the account is; a company of another country of the Union owes the tax itself. */
const HOME = "IE";
const UNION = ["AT", "BE", "DE", "ES", "FR", "HU", "IE", "IT", "NL", "PL"];

export const TAXED_COUNTRIES = Object.keys(RATES);

type Details = Pick<Stripe.Checkout.Session.CustomerDetails, "address" | "tax_ids">;

/** @returns undefined while nobody knows where the customer is */
export function taxFor(
  { address, tax_ids: taxIds }: Details,
  behavior: "exclusive" | "inclusive",
): Tax | undefined {
  const country = address?.country;
  if (!country) return undefined;
  const isCompany = taxIds?.some(({ type }) => type === "eu_vat") ?? false;
  const isReversed = isCompany && UNION.includes(country) && country !== HOME;
  return { rate: isReversed ? 0 : (RATES[country] ?? 0), isIncluded: behavior === "inclusive" };
}

/**
 * Stripe takes the account's own default for a price that does not say. Here it must, so that nothing depends on a default.
 * @throws StripeApiError 400
 */
export function requireTaxBehavior(prices: Stripe.Price[]): void {
  const silent = prices.find(
    ({ tax_behavior }) => tax_behavior !== "exclusive" && tax_behavior !== "inclusive",
  );
  if (!silent) return;
  throw invalidRequest(
    `The price ${silent.id} does not say whether tax is in it: set its \`tax_behavior\` to \`exclusive\` or \`inclusive\`.`,
    { param: "automatic_tax" },
  );
}
