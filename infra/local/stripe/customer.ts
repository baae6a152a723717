/** Customers, made through the API or by a checkout session that completes. */
import type Stripe from "stripe";
import { createId, randomText } from "./ids.ts";
import { cleanMetadata } from "./metadata.ts";
import type { Change, Records } from "./store/records.ts";

/** A deleted one is kept, since Stripe goes on to say of its id that it was deleted. */
export type StoredCustomer = Stripe.Customer | (Stripe.DeletedCustomer & { created: number });

export function createCustomer(parameters: Stripe.CustomerCreateParams): Stripe.Customer {
  return updateCustomer(
    {
      id: createId("cus"),
      object: "customer",
      address: null,
      balance: 0,
      created: Math.floor(Date.now() / 1000),
      currency: null,
      default_source: null,
      delinquent: false,
      description: null,
      discount: null,
      email: null,
      invoice_prefix: randomText(8).toUpperCase(),
      invoice_settings: {
        custom_fields: null,
        default_payment_method: null,
        footer: null,
        rendering_options: null,
      },
      livemode: false,
      metadata: {},
      name: null,
      next_invoice_sequence: 1,
      phone: null,
      preferred_locales: [],
      shipping: null,
      tax_exempt: "none",
      test_clock: null,
    },
    parameters,
  );
}

/** Honours the fields that describe a person; the others are accepted and change nothing. */
export function updateCustomer(
  customer: Stripe.Customer,
  parameters: Stripe.CustomerUpdateParams,
): Stripe.Customer {
  const given = (["description", "email", "name", "phone"] as const).filter(
    (field) => parameters[field] !== undefined,
  );
  return {
    ...customer,
    ...Object.fromEntries(given.map((field) => [field, parameters[field] || null])),
    metadata: cleanMetadata(parameters.metadata, customer.metadata),
  };
}

export function deleteCustomer(customer: Stripe.Customer): { deleted: StoredCustomer; change: Change } {
  const { id, created } = customer;
  const deleted: StoredCustomer = { id, object: "customer", deleted: true, created };
  return { deleted, change: { customers: [deleted], events: [["customer.deleted", customer]] } };
}

/** As the API answers it. */
export function presentCustomer(customer: StoredCustomer): Stripe.Customer | Stripe.DeletedCustomer {
  return customer.deleted ? { id: customer.id, object: "customer", deleted: true } : customer;
}

/** @returns undefined when there is none, or no longer */
export async function findLiveCustomer(id: string, records: Records): Promise<Stripe.Customer | undefined> {
  const customer = await records.customers.find(id);
  return customer?.deleted ? undefined : customer;
}

/** A payer as a checkout session shows them. */
export function customerDetails(
  email: string | null,
  name: string | null,
  address: Stripe.Address | null = null,
): Stripe.Checkout.Session.CustomerDetails {
  return {
    address,
    business_name: null,
    email,
    individual_name: null,
    name,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}
