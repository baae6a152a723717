/** The form's fields beside those of the payment, each only where the session asks for it. */
import type Stripe from "stripe";
import { usableLocale } from "#workflow/locale.ts";
import { TAX_ID_TYPES } from "../checkout/order-details.ts";
import { TAXED_COUNTRIES } from "../checkout/tax.ts";
import { type Html, html } from "./html.ts";

/** Without a rate of their own; whoever lives elsewhere chooses one of these. */
const UNTAXED_COUNTRIES = ["AU", "BH", "BR", "CA", "DK", "IN", "KW", "MX", "NO", "PT", "SE", "US"];
const countryNames = new Intl.DisplayNames(usableLocale("en"), { type: "region" });

export const codeField = (session: Stripe.Checkout.Session): Html | false =>
  session.allow_promotion_codes === true &&
  html`<div class="field code">
  <label for="promotionCode">Promotion code</label>
  <div class="beside">
    <input id="promotionCode" name="promotionCode" autocomplete="off" autocapitalize="characters" spellcheck="false">
    <button type="button" class="plain" data-testid="apply-code">Apply</button>
  </div>
</div>`;

export function personFields(session: Stripe.Checkout.Session): Html[] {
  const isWhole = session.billing_address_collection === "required";
  return [
    ...(session.automatic_tax.enabled || isWhole ? [addressFields(session, isWhole)] : []),
    ...(session.tax_id_collection?.enabled ? [taxIdFields] : []),
    ...(session.consent_collection?.terms_of_service === "required" ? [termsField] : []),
  ];
}

function addressFields({ customer_details: details }: Stripe.Checkout.Session, isWhole: boolean): Html {
  const codes = [...TAXED_COUNTRIES, ...UNTAXED_COUNTRIES];
  const countries = codes
    .map((code) => [code, countryNames.of(code) ?? code] as const)
    .toSorted(([, one], [, other]) => one.localeCompare(other));
  const standing = details?.address;
  return html`<fieldset class="field address">
  <legend>Billing address</legend>
  <label for="country">Country or region</label>
  <select id="country" name="country" autocomplete="country">
    <option value="">Select</option>
    ${countries.map(
      ([code, name]) =>
        html`<option value="${code}" ${code === standing?.country && html`selected`}>${name}</option>`,
    )}
  </select>
  ${isWhole ? addressLine("line1", "Address", "address-line1", standing?.line1) : null}
  ${isWhole ? addressLine("city", "City", "address-level2", standing?.city) : null}
  ${addressLine("postal_code", "Postal code", "postal-code", standing?.postal_code)}
</fieldset>`;
}

const addressLine = (name: string, label: string, purpose: string, value: string | null | undefined): Html =>
  html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" autocomplete="${purpose}" value="${value}">`;

const taxIdFields = html`<details class="field tax-id">
  <summary>I'm purchasing as a business</summary>
  <label for="businessName">Business name</label>
  <input id="businessName" name="businessName" autocomplete="organization">
  <label for="taxIdType">Tax ID</label>
  <div class="beside">
    <select id="taxIdType" name="taxIdType">${Object.entries(TAX_ID_TYPES).map(
      ([type, { label }]) => html`<option value="${type}">${label}</option>`,
    )}</select>
    <input id="taxId" name="taxId" aria-label="Number" autocomplete="off" spellcheck="false">
  </div>
</details>`;

const termsField = html`<label class="choice terms" for="agreesToTerms">
  <input id="agreesToTerms" name="agreesToTerms" type="checkbox"> I agree to the terms of service
</label>`;
