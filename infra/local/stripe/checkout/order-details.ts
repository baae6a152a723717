/** Writes on an order what its student says beside how they pay: a code, where they live, a tax id, agreement to the terms. */
import type Stripe from "stripe";
import { invalidRequest } from "../errors.ts";
import { findRedeemable, type Redeemable } from "../promotions/redeem.ts";
import type { State } from "../state.ts";
import { type CheckoutRecord, idOf, type Records } from "../store/records.ts";
import type { OrderDetails } from "./order-details-schema.ts";
import { reprice } from "./reprice.ts";

/** What the form offers, by the country whose companies have it. */
export const TAX_ID_TYPES: Record<string, { label: string; pattern: RegExp }> = {
  eu_vat: { label: "EU VAT", pattern: /^[A-Z]{2}[0-9A-Z+*]{2,12}$/ },
  gb_vat: { label: "GB VAT", pattern: /^GB(\d{9}|\d{12})$/ },
  ch_vat: { label: "CH VAT", pattern: /^CHE-\d{3}\.\d{3}\.\d{3} (MWST|TVA|IVA)$/ },
  us_ein: { label: "US EIN", pattern: /^\d{2}-\d{7}$/ },
};

/**
 * @returns the order with what was said, at what it comes to then; and the code that is to be used up with it
 * @throws StripeApiError 400, and the order stays as it was
 */
export async function applyDetails(
  record: CheckoutRecord,
  details: OrderDetails,
  records: Records,
): Promise<{ record: CheckoutRecord; redeemable: Redeemable | undefined }> {
  const said = withPerson(record, details);
  const redeemable = await codeOf(said, details.promotionCode, records);
  return { record: reprice(said, redeemable), redeemable };
}

/**
 * While the form is open, so that it shows what the order comes to.
 * @throws StripeApiError 400, and the order stays as it was
 */
export async function changeOrder(
  checkoutSessionId: string,
  details: OrderDetails,
  state: State,
): Promise<CheckoutRecord> {
  return state.exclusively(checkoutSessionId, async () => {
    const standing = await state.records.checkouts.find(checkoutSessionId);
    if (standing?.session.status !== "open") {
      throw invalidRequest("This checkout session is no longer open.", { code: "checkout_session_expired" });
    }
    const { record } = await applyDetails(standing, details, state.records);
    await state.save({ checkouts: [record] });
    return record;
  });
}

/** One that stands is looked at again: it may have been used up or withdrawn since. */
async function codeOf(record: CheckoutRecord, entered: string | undefined, records: Records) {
  const { session } = record;
  if (entered === undefined) {
    const standing = await records.promotionCodes.find(idOf(session.discounts?.[0]?.promotion_code) ?? "");
    return standing && findRedeemable(standing.code, record, records);
  }
  if (!session.allow_promotion_codes) {
    throw invalidRequest("This checkout session does not take promotion codes.", { param: "promotionCode" });
  }
  return entered.trim() ? findRedeemable(entered.trim(), record, records) : undefined;
}

function withPerson(record: CheckoutRecord, { address, taxId, agreesToTerms }: OrderDetails): CheckoutRecord {
  const { session } = record;
  if (taxId) checkTaxId(taxId, session);
  const { customer_details: standing } = session;
  return {
    ...record,
    session: {
      ...session,
      ...(agreesToTerms !== undefined &&
        session.consent_collection && {
          consent: { promotions: null, terms_of_service: agreesToTerms ? "accepted" : null },
        }),
      customer_details: {
        ...(standing ?? BLANK_DETAILS),
        ...(address && { address: { ...BLANK_ADDRESS, ...present(address) } }),
        ...(taxId !== undefined && {
          tax_ids: taxId ? [{ type: taxId.type, value: taxId.value }] : [],
          business_name: taxId?.name ?? null,
        }),
      },
    },
  };
}

function checkTaxId(
  { type, value, name }: NonNullable<OrderDetails["taxId"]>,
  session: Stripe.Checkout.Session,
) {
  if (!session.tax_id_collection?.enabled) {
    throw invalidRequest("This checkout session does not take tax ids.", { param: "taxId" });
  }
  if (!TAX_ID_TYPES[type]?.pattern.test(value)) {
    throw invalidRequest(`Invalid value for ${type}.`, { code: "tax_id_invalid", param: "taxId" });
  }
  if (!name.trim()) throw invalidRequest("Your business name is required.", { param: "businessName" });
}

const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as { [Name in keyof T]?: string };

const BLANK_ADDRESS = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

const BLANK_DETAILS: Stripe.Checkout.Session.CustomerDetails = {
  address: null,
  business_name: null,
  email: null,
  individual_name: null,
  name: null,
  phone: null,
  tax_exempt: "none",
  tax_ids: [],
};

/**
 * Before anybody pays.
 * @throws StripeApiError 400 for what the session asks for and nobody has said
 */
export function requireDetails({ session }: CheckoutRecord): void {
  const { address } = session.customer_details ?? {};
  const needed = [
    ...(session.automatic_tax.enabled ? (["country"] as const) : []),
    ...(session.billing_address_collection === "required" ? (["country", "line1", "city"] as const) : []),
  ];
  const gap = needed.find((field) => !address?.[field]);
  if (gap) throw invalidRequest("Your billing address is required.", { param: `address[${gap}]` });
  const mustAgree = session.consent_collection?.terms_of_service === "required";
  if (mustAgree && session.consent?.terms_of_service !== "accepted") {
    throw invalidRequest("Agree to the terms of service to go on.", { param: "agreesToTerms" });
  }
}
