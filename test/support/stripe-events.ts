/** Stripe's webhook events as Stripe sends them, signed by Stripe's own SDK. */
import { Stripe } from "stripe";

export const SIGNING_SECRET = "whsec_test_one";

/** A `checkout.session.completed` event as JSON text, with what a real one carries that must not be stored. */
export function stripeEvent({
  session = {},
  ...event
}: {
  id?: string;
  type?: string;
  session?: Record<string, unknown>;
  pending_webhooks?: number;
} = {}): string {
  return JSON.stringify({
    id: "evt_1",
    object: "event",
    api_version: "2026-10-28.endive",
    created: 1_795_000_000,
    livemode: false,
    pending_webhooks: 1,
    type: "checkout.session.completed",
    ...event,
    data: {
      object: {
        id: "cs_test_1",
        object: "checkout.session",
        amount_subtotal: 4900,
        amount_total: 4900,
        currency: "usd",
        client_reference_id: "user-ada",
        customer: "cus_1",
        customer_details: { email: "ada@example.com", name: "Ada Lovelace" },
        client_secret: "cs_test_1_secret_abc",
        metadata: { userId: "user-ada", courseId: "TEST-COURSE-003", courseName: "Reliable Payments" },
        payment_intent: "pi_1",
        payment_status: "paid",
        status: "complete",
        ...session,
      },
    },
  });
}

/** An event about money that goes back, as JSON text. The subject is a charge or a dispute of payment `pi_1`. */
export function paybackEvent(
  type: string,
  subject: Record<string, unknown> = {},
  event: Record<string, unknown> = {},
): string {
  const isRefund = type === "charge.refunded";
  const object = isRefund
    ? {
        object: "charge",
        amount_refunded: 4900,
        metadata: { userId: "user-ada", courseId: "TEST-COURSE-003" },
      }
    : { object: "dispute", status: "needs_response", metadata: {} };
  const data = { object: { id: "ch_1", payment_intent: "pi_1", amount: 4900, ...object, ...subject } };
  const head = { id: "evt_1", object: "event", created: 1_795_000_000, livemode: false, type };
  return JSON.stringify({ ...head, ...event, data });
}

/** A paid purchase of its own: every id is made of the name, so that purchases at one stack cannot meet. */
export function purchaseEvent(
  name: string,
  {
    userId = `user-${name}`,
    courseId = "TEST-COURSE-003",
    ...session
  }: { userId?: string; courseId?: string } & Record<string, unknown> = {},
): string {
  return stripeEvent({
    id: `evt_${name}`,
    session: {
      id: `cs_test_${name}`,
      client_reference_id: userId,
      metadata: { userId, courseId },
      payment_intent: `pi_${name}`,
      customer: `cus_${name}`,
      ...session,
    },
  });
}

/** @param at unix seconds; now unless given */
export function sign(payload: string, secret = SIGNING_SECRET, at?: number): string {
  return Stripe.webhooks.generateTestHeaderString({
    payload,
    secret,
    ...(at !== undefined && { timestamp: at }),
  });
}
