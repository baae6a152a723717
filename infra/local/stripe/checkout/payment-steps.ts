/** What each turn of a payment changes, and which events tell of it. Nothing here touches the database. */
import type Stripe from "stripe";
import { createCustomer, customerDetails } from "../customer.ts";
import { schedule } from "../store/agenda.ts";
import type { Change, CheckoutRecord } from "../store/records.ts";
import { CLOCK, type ClockTask } from "./clock-task.ts";
import type { PaymentMethodUse } from "./payment-method.ts";
import { createCharge, failCharge, succeedCharge } from "./payment-objects.ts";
import { AUTHENTICATION_FAILURE, BANK_REFUSAL, type Decline, type TestIban } from "./test-numbers.ts";

/** One attempt to pay: the session, its payment intent, and who pays by what. */
export interface Attempt {
  record: CheckoutRecord;
  intent: Stripe.PaymentIntent;
  method: PaymentMethodUse;
  email: string;
}

/** The money is there at once: a card. */
export function pay(attempt: Attempt): Change {
  const { admitted, customers } = admitCustomer(attempt);
  const charge = succeedCharge(createCharge(admitted.intent, admitted.method, admitted.email));
  const paidIntent = succeedIntent(admitted.intent, charge);
  const complete = completeSession(admitted, "paid");
  return {
    checkouts: [complete],
    customers,
    paymentIntents: [paidIntent],
    charges: [charge],
    events: [
      ...customers.map((customer): Event => ["customer.created", customer]),
      ["charge.succeeded", charge],
      ["payment_intent.succeeded", paidIntent],
      ["checkout.session.completed", complete.session],
    ],
  };
}

/** The bank takes days to say: a debit. The session is complete and unpaid. */
export function beginDebit(attempt: Attempt, settlement: TestIban["settlement"], delayMs: number): Change {
  const { admitted, customers } = admitCustomer(attempt);
  const charge = createCharge(admitted.intent, admitted.method, admitted.email);
  const processing: Stripe.PaymentIntent = {
    ...admitted.intent,
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    status: "processing",
  };
  const complete = completeSession(admitted, "unpaid");
  const settle: ClockTask = { kind: "settle", checkoutSessionId: complete.id, settlement };
  return {
    checkouts: [complete],
    customers,
    paymentIntents: [processing],
    charges: [charge],
    events: [
      ...customers.map((customer): Event => ["customer.created", customer]),
      ["charge.pending", charge],
      ["payment_intent.processing", processing],
      ["checkout.session.completed", complete.session],
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
): Change {
  if (settlement === "succeeded") {
    const paidCharge = succeedCharge(charge);
    const paidIntent = succeedIntent(intent, paidCharge);
    const paid = { ...record, session: { ...record.session, payment_status: "paid" as const } };
    return {
      checkouts: [paid],
      paymentIntents: [paidIntent],
      charges: [paidCharge],
      events: [
        ["charge.succeeded", paidCharge],
        ["payment_intent.succeeded", paidIntent],
        ["checkout.session.async_payment_succeeded", paid.session],
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

type Event = NonNullable<Change["events"]>[number];

function admitCustomer(attempt: Attempt): { admitted: Attempt; customers: Stripe.Customer[] } {
  const { record, intent, email, method } = attempt;
  const { session } = record;
  if (session.customer || session.customer_creation !== "always") return { admitted: attempt, customers: [] };
  const customer = createCustomer({ email, ...(method.name && { name: method.name }) });
  return {
    admitted: {
      ...attempt,
      record: { ...record, session: { ...session, customer: customer.id } },
      intent: { ...intent, customer: customer.id },
    },
    customers: [customer],
  };
}

function completeSession(
  { record, intent, email, method }: Attempt,
  paymentStatus: "paid" | "unpaid",
): CheckoutRecord {
  return {
    ...record,
    session: {
      ...record.session,
      customer_details: customerDetails(email, method.name ?? record.session.customer_details?.name ?? null),
      payment_intent: intent.id,
      payment_status: paymentStatus,
      status: "complete",
    },
  };
}

function succeedIntent(intent: Stripe.PaymentIntent, charge: Stripe.Charge): Stripe.PaymentIntent {
  return {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: charge.payment_method,
    status: "succeeded",
  };
}

function failIntent(
  intent: Stripe.PaymentIntent,
  reason: Decline,
  charge?: Stripe.Charge,
): Stripe.PaymentIntent {
  return {
    ...intent,
    last_payment_error: {
      code: reason.code,
      message: reason.message,
      type: charge ? "card_error" : "invalid_request_error",
      ...(reason.declineCode && { decline_code: reason.declineCode }),
      ...(charge && { charge: charge.id }),
    },
    latest_charge: charge?.id ?? intent.latest_charge,
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  };
}

function withIntent(record: CheckoutRecord, intent: Stripe.PaymentIntent): CheckoutRecord {
  return { ...record, session: { ...record.session, payment_intent: intent.id } };
}
