/** What a deployment's options ask of Stripe for each checkout. */
import type { Stripe } from "stripe";
import type { CheckoutOptions } from "#handlers/checkout-options.ts";

type Params = Stripe.Checkout.SessionCreateParams;

/**
 * @param hasCustomer Stripe then wants to be told that what the form asks for may be written on that customer
 * @param metadata the session's, which an invoice bears too
 */
export function optionParams(
  { promotionCodes, tax, taxIds, invoices, terms }: CheckoutOptions,
  hasCustomer: boolean,
  metadata: Stripe.MetadataParam,
): Partial<Params> {
  const update = { ...(tax !== "off" && ADDRESS_UPDATE), ...(taxIds && { name: "auto" as const }) };
  return {
    ...(promotionCodes && { allow_promotion_codes: true }),
    ...(tax !== "off" && { automatic_tax: { enabled: true } }),
    ...(taxIds && { tax_id_collection: { enabled: true } }),
    ...(invoices && {
      invoice_creation: { enabled: true, invoice_data: { metadata } },
      // An invoice without its customer's address is none in many countries.
      billing_address_collection: "required",
    }),
    ...(terms && { consent_collection: { terms_of_service: "required" } }),
    ...(hasCustomer && Object.keys(update).length > 0 && { customer_update: update }),
  };
}

const ADDRESS_UPDATE = { address: "auto" } as const;
