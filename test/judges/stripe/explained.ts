/** Differences from Stripe's description, which is public and older by an API version than the SDK's types. */
import type { Explanation } from "../explained.ts";

/** The field, as the judge names it, and nothing beside it. */
const field = (name: string) => new RegExp(`^${name.replaceAll(".", "\\.")} is not described$`);

const NEWER = [
  "Checkout Session.allowed_payment_method_types",
  "PaymentIntent.payment_record",
  "payment_method_details_card.electronic_commerce_indicator",
  "Product.tax_details",
];
const IN_THE_SDK_ONLY = [
  "Charge.source",
  "Dispute.intended_submission_method",
  "DisputeEvidenceDetails.submission_method",
  "PaymentIntent.source",
  "Product.type",
];

export const STRIPE_EXPLAINED: Explanation[] = [
  ...NEWER.map((name) => ({
    what: field(name),
    why: "The SDK's types require it; the description is of the API version before.",
  })),
  ...IN_THE_SDK_ONLY.map((name) => ({
    what: field(name),
    why: "The SDK's types require it; the public description leaves it out, that of the SDK has it.",
  })),
  {
    what: /^POST \/v1\/webhook_endpoints$/,
    why: "The endpoint is made for the SDK's API version, which is newer than the description.",
  },
];
