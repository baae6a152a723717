/** What becomes of a session, and of who pays, when it is complete. */
import type Stripe from "stripe";
import { createCustomer, customerDetails } from "../customer.ts";
import type { Change, CheckoutRecord, Happening } from "../store/records.ts";

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
  const customer = createCustomer({ email, ...(name && { name }) });
  return { record: { ...record, session: { ...session, customer: customer.id } }, customers: [customer] };
}

export function completeSession(
  record: CheckoutRecord,
  { email, name }: Payer,
  outcome: Pick<Stripe.Checkout.Session, "payment_intent" | "payment_status">,
): CheckoutRecord {
  const { session } = record;
  const details = customerDetails(email, name ?? session.customer_details?.name ?? null);
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

export function customersCreated(customers: Stripe.Customer[]): Happening[] {
  return customers.map((customer) => ["customer.created", customer]);
}
