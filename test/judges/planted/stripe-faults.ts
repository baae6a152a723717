/** Faults of Stripe's stand-in, and of what Bursar asks it. */
import type { PlantedFault } from "./planted-fault.ts";

export const STRIPE_FAULTS: PlantedFault[] = [
  {
    fault: "a charge's descriptor is a number",
    judge: "stripe objects",
    file: "infra/local/stripe/checkout/charge.ts",
    replace: "calculated_statement_descriptor: ACCOUNT_NAME,",
    by: "calculated_statement_descriptor: 22 as never,",
  },
  {
    fault: "a charge lacks a required field",
    judge: "stripe objects",
    file: "infra/local/stripe/checkout/charge.ts",
    replace: "    disputed: false,\n",
    by: "",
  },
  {
    fault: "a price has a billing scheme that Stripe does not have",
    judge: "stripe objects",
    file: "infra/local/stripe/checkout/catalog.ts",
    replace: `billing_scheme: "per_unit",`,
    by: `billing_scheme: "per_seat" as never,`,
  },
  {
    fault: "a dispute has a field that nobody knows",
    judge: "stripe objects",
    file: "infra/local/stripe/after-payment/dispute.ts",
    replace: "is_charge_refundable: false,",
    by: "is_charge_refundable: false,\n    ...{ colour: null },",
  },
  {
    fault: "a list never says that there is more",
    judge: "stripe objects",
    file: "infra/local/stripe/api/paging.ts",
    replace: "has_more: page.hasMore",
    by: "has_more: false",
  },
  {
    fault: "a page begins with what the page before ended with",
    judge: "stripe objects",
    file: "infra/local/stripe/api/paging.ts",
    replace: "endingBefore, startingAfter, limit });",
    by: "endingBefore, startingAfter: startingAfter && `${startingAfter}0`, limit });",
  },
  {
    fault: "a refusal has no type",
    judge: "stripe objects",
    file: "infra/local/stripe/errors.ts",
    replace: `{ type: "invalid_request_error", message, ...rest }`,
    by: `{ message, ...rest } as StripeErrorBody`,
  },
  {
    fault: "a parameter that Stripe does not know is passed over",
    judge: "stripe requests",
    file: "infra/local/stripe/parameters.ts",
    replace: "if (!validate(parameters))",
    by: `if (!validate(parameters) && validate.errors?.at(-1)?.keyword !== "additionalProperties")`,
  },
  {
    fault: "a customer's name may be of any length",
    judge: "stripe requests",
    file: "infra/local/stripe/lengths.ts",
    replace: "individual_name: 150, name: 256,",
    by: "individual_name: 150, name: Infinity,",
  },
  {
    fault: "Bursar sends a longer name than Stripe takes",
    judge: "stripe requests",
    file: "handlers/adapters/stripe/checkout-sessions.ts",
    replace: "name: fit(name, LONGEST_CUSTOMER_NAME)",
    by: "name",
  },
  {
    fault: "Bursar enables its endpoint with a word that Stripe does not know",
    judge: "stripe requests",
    file: "infra/operate/stripe-setup/set-up-webhook.ts",
    replace: "    disabled: false,\n",
    by: `    disabled: "no" as never,\n`,
  },
];
