/** What becomes of a session, and of who pays, when it is complete. */
import type Stripe from "stripe";
import { createCustomer, customerDetails, findLiveCustomer } from "../customer.ts";
import { type Change, type CheckoutRecord, type Happening, idOf, type Records } from "../store/records.ts";

interface Payer {
  email: string;
  name: string | null;
}

/** Makes the customer, if the session asks for one and has none. */
export function admitCustomer(
  record: CheckoutRecord,
  { email, name }: Payer,
): { record: CheckoutRecord; customers: Stripe.Customer[] } {
  const { session } = record;
  if (session.customer || session.customer_creation !== "always") return { record, customers: [] };
  const { address, business_name: business } = session.customer_details ?? {};
  const customer = { ...createCustomer({ email, ...(name && { name }) }), address: address ?? null };
  if (business) customer.name = business;
  return { record: { ...record, session: { ...session, customer: customer.id } }, customers: [customer] };
}

export function completeSession(
  record: CheckoutRecord,
  { email, name }: Payer,
  outcome: Pick<Stripe.Checkout.Session, "payment_intent" | "payment_status"> & {
    invoice?: string | null;
  },
): CheckoutRecord {
  const { session } = record;
  const standing = session.customer_details;
  const details = {
    ...(standing ?? customerDetails(null, null)),
    email,
    name: standing?.business_name ?? name ?? standing?.name ?? null,
  };
  return { ...record, session: { ...session, ...outcome, customer_details: details, status: "complete" } };
}

/** A session that asks for nothing: there is no payment intent. */
export function completeWithoutPayment(unpaid: CheckoutRecord, payer: Payer): Change {
  const { record, customers } = admitCustomer(unpaid, payer);
  const complete = completeSession(record, payer, {
    payment_intent: null,
    payment_status: "no_payment_required",
  });
  return {
    checkouts: [complete],
    customers,
    events: [...customersCreated(customers), ["checkout.session.completed", complete.session]],
  };
}

/** What the form's answers change of a customer who was there before, where the session has said that they may. */
export async function updatedCustomer(
  { session, customerUpdate }: CheckoutRecord,
  records: Records,
): Promise<Change> {
  const previous = customerUpdate && (await findLiveCustomer(idOf(session.customer) ?? "", records));
  if (!previous) return {};
  const { address, business_name: business } = session.customer_details ?? {};
  const customer = {
    ...previous,
    ...(customerUpdate.address === "auto" && address && { address }),
    ...(customerUpdate.name === "auto" && business && { name: business }),
  };
  return { customers: [customer], events: [["customer.updated", customer, previous]] };
}

export function customersCreated(customers: Stripe.Customer[]): Happening[] {
  return customers.map((customer) => ["customer.created", customer]);
}
