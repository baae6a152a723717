/** What each turn of a payment changes, and which events tell of it. Nothing here touches the database. */
import type Stripe from "stripe";
import { schedule } from "../store/agenda.ts";
import type { Change, CheckoutRecord, Happening } from "../store/records.ts";
import { bookCharge, createCharge, failCharge, succeedCharge } from "./charge.ts";
import { CLOCK, type ClockTask } from "./clock-task.ts";
import { admitCustomer, completeSession, customersCreated } from "./complete-session.ts";
import { invoiceFor } from "./invoice.ts";
import { failIntent, succeedIntent } from "./payment-intent.ts";
import type { PaymentMethodUse } from "./payment-method.ts";
import { AUTHENTICATION_FAILURE, BANK_REFUSAL, type Decline, type TestIban } from "./test-numbers.ts";

/** One attempt to pay: the session, its payment intent, and who pays by what. */
export interface Attempt {
  record: CheckoutRecord;
  intent: Stripe.PaymentIntent;
  method: PaymentMethodUse;
  email: string;
  /** Where the stand-in is, e.g. `http://localhost:12111`. */
  origin: string;
}

/** The money is there at once: a card. */
export function pay(attempt: Attempt): Change {
  const { admitted, customers } = admit(attempt);
  const charge = succeedCharge(
    createCharge(admitted.intent, admitted.method, admitted.email),
    attempt.origin,
  );
  const booked = bookCharge(charge);
  const paidIntent = succeedIntent(admitted.intent, charge);
  const { completed, invoices } = withInvoice(complete(admitted, "paid"), attempt.origin);
  return {
    checkouts: [completed],
    customers,
    paymentIntents: [paidIntent],
    charges: [booked],
    invoices,
    events: [
      ...customersCreated(customers),
      ["charge.succeeded", charge],
      ["payment_intent.succeeded", paidIntent],
      ["checkout.session.completed", completed.session],
      ["charge.updated", booked, charge],
      ...invoicesPaid(invoices),
    ],
  };
}

/** The bank takes days to say: a debit. The session is complete and unpaid. */
export function beginDebit(attempt: Attempt, settlement: TestIban["settlement"], delayMs: number): Change {
  const { admitted, customers } = admit(attempt);
  const charge = createCharge(admitted.intent, admitted.method, admitted.email);
  const processing: Stripe.PaymentIntent = {
    ...admitted.intent,
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    status: "processing",
  };
  const completed = complete(admitted, "unpaid");
  const settle: ClockTask = { kind: "settle", checkoutSessionId: completed.id, settlement };
  return {
    checkouts: [completed],
    customers,
    paymentIntents: [processing],
    charges: [charge],
    events: [
      ...customersCreated(customers),
      ["charge.pending", charge],
      ["payment_intent.processing", processing],
      ["checkout.session.completed", completed.session],
    ],
    writes: [schedule(CLOCK, Date.now() + delayMs, settle)],
  };
}

/** The bank has said yes or no to a debit. A refused session stays complete and unpaid. */
export function settleDebit(
  record: CheckoutRecord,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  settlement: TestIban["settlement"],
  origin: string,
): Change {
  if (settlement === "succeeded") {
    const paidCharge = succeedCharge(charge, origin);
    const booked = bookCharge(paidCharge);
    const paidIntent = succeedIntent(intent, paidCharge);
    const settled = { ...record, session: { ...record.session, payment_status: "paid" as const } };
    const { completed: paid, invoices } = withInvoice(settled, origin);
    return {
      checkouts: [paid],
      invoices,
      paymentIntents: [paidIntent],
      charges: [booked],
      events: [
        ["charge.succeeded", paidCharge],
        ["payment_intent.succeeded", paidIntent],
        ["checkout.session.async_payment_succeeded", paid.session],
        ["charge.updated", booked, paidCharge],
        ...invoicesPaid(invoices),
      ],
    };
  }
  const failedCharge = failCharge(charge, BANK_REFUSAL);
  const failedIntent = failIntent(intent, BANK_REFUSAL, failedCharge);
  return {
    paymentIntents: [failedIntent],
    charges: [failedCharge],
    events: [
      ["charge.failed", failedCharge],
      ["payment_intent.payment_failed", failedIntent],
      ["checkout.session.async_payment_failed", record.session],
    ],
  };
}

/** The bank wants to see the student first. The session stays open. */
export function requireAuthentication({ record, intent }: Attempt): Change {
  const waiting: Stripe.PaymentIntent = {
    ...intent,
    next_action: { type: "use_stripe_sdk", use_stripe_sdk: {} },
    status: "requires_action",
  };
  return {
    checkouts: [withIntent(record, waiting)],
    paymentIntents: [waiting],
    events: [["payment_intent.requires_action", waiting]],
  };
}

/** The bank refuses. The session stays open and payable. */
export function decline({ record, intent, method, email }: Attempt, reason: Decline): Change {
  const charge = failCharge(createCharge(intent, method, email), reason);
  const failed = failIntent(intent, reason, charge);
  return {
    checkouts: [withIntent(record, failed)],
    paymentIntents: [failed],
    charges: [charge],
    events: [
      ["charge.failed", charge],
      ["payment_intent.payment_failed", failed],
    ],
  };
}

/** The student did not pass, or cancelled, 3-D Secure: nothing was charged. */
export function failAuthentication({ record, intent }: Attempt): Change {
  const failed = failIntent(intent, AUTHENTICATION_FAILURE);
  return {
    checkouts: [withIntent(record, failed)],
    paymentIntents: [failed],
    events: [["payment_intent.payment_failed", failed]],
  };
}

function admit(attempt: Attempt): { admitted: Attempt; customers: Stripe.Customer[] } {
  const { record, customers } = admitCustomer(attempt.record, payerOf(attempt));
  const intent = { ...attempt.intent, customer: record.session.customer };
  return { admitted: { ...attempt, record, intent }, customers };
}

function complete(attempt: Attempt, payment_status: "paid" | "unpaid"): CheckoutRecord {
  const { record, intent } = attempt;
  return completeSession(record, payerOf(attempt), { payment_intent: intent.id, payment_status });
}

function withInvoice(record: CheckoutRecord, origin: string) {
  const invoice = invoiceFor(record, origin);
  if (!invoice) return { completed: record, invoices: [] };
  return {
    completed: { ...record, session: { ...record.session, invoice: invoice.id } },
    invoices: [invoice],
  };
}

const invoicesPaid = (invoices: Stripe.Invoice[]): Happening[] =>
  invoices.flatMap((invoice): Happening[] => [
    ["invoice.created", invoice],
    ["invoice.finalized", invoice],
    ["invoice.paid", invoice],
    ["invoice.payment_succeeded", invoice],
  ]);

const payerOf = ({ email, method }: Attempt) => ({ email, name: method.name });

function withIntent(record: CheckoutRecord, intent: Stripe.PaymentIntent): CheckoutRecord {
  return { ...record, session: { ...record.session, payment_intent: intent.id } };
}
