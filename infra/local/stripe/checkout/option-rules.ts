/** What Stripe wants of a session, its customer and the account for tax, tax ids and consent; in Stripe's own words. */
import type Stripe from "stripe";
import type { Knobs } from "../control/knobs.ts";
import { invalidRequest } from "../errors.ts";
import { requireTaxBehavior } from "./tax.ts";

type Parameters = Stripe.Checkout.SessionCreateParams;

interface Surroundings {
  customer: Stripe.Customer | undefined;
  prices: Stripe.Price[];
  account: Pick<Knobs, "withoutTaxSettings" | "withoutTermsUrl">;
}

/** @throws StripeApiError 400 */
export function checkOptions(parameters: Parameters, { customer, prices, account }: Surroundings): void {
  const { automatic_tax: tax, consent_collection: consent, customer_update: update } = parameters;
  if (update && !customer) {
    throw invalidRequest("`customer_update` can only be used with `customer`.", { param: "customer_update" });
  }
  if (tax?.enabled) checkTax(update, customer, prices, account.withoutTaxSettings);
  if (parameters.tax_id_collection?.enabled && customer && update?.name !== "auto") {
    throw invalidRequest(
      "Tax ID collection requires updating business name on the customer. " +
        "To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.",
    );
  }
  if (consent?.terms_of_service === "required" && account.withoutTermsUrl) {
    throw invalidRequest(
      "You cannot collect consent to your terms of service unless a URL is set in the Stripe Dashboard. Update your " +
        "public business details in the Dashboard https://dashboard.stripe.com/settings/public with a Terms of service " +
        "URL to collect terms of service consent.",
      { param: "consent_collection[terms_of_service]" },
    );
  }
  if (consent?.promotions || consent?.payment_method_reuse_agreement) {
    throw invalidRequest("Stripe's stand-in only collects consent to `terms_of_service`.", {
      param: "consent_collection",
    });
  }
}

function checkTax(
  update: Parameters["customer_update"],
  customer: Stripe.Customer | undefined,
  prices: Stripe.Price[],
  withoutTaxSettings: boolean,
): void {
  if (withoutTaxSettings) {
    throw invalidRequest(
      "You must have a valid head office address to enable automatic tax calculation in test mode. " +
        "Visit https://dashboard.stripe.com/test/settings/tax to update it.",
    );
  }
  if (customer && !customer.address?.country && update?.address !== "auto") {
    throw invalidRequest(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the " +
        "Customer or set `customer_update[address]` to 'auto' to save the billing address entered in Checkout to the " +
        "Customer.",
      { code: "customer_tax_location_invalid" },
    );
  }
  requireTaxBehavior(prices);
}
