/** Checkout sessions and events at Stripe, looked up by what an operator has. Times are ISO 8601; money is minor units. */
import type { Stripe } from "stripe";
import { FULFILMENT_EVENT_TYPES } from "#workflow/payment-event.ts";
import type { EventFacts, SessionFacts } from "./checkout-facts.ts";
import { unlessMissing } from "./errors.ts";
import { isOurs } from "./ours.ts";
import { studentOf } from "./to-checkout-session.ts";

export type CheckoutLookup = ReturnType<typeof createCheckoutLookup>;

/** Sessions of one student or payment; more would be somebody else's question. */
const MOST_SESSIONS = 50;
/** A walk through the events of a busy shop ends here; what was not seen is said. */
const MOST_EVENTS = 2_000;

/** @param deploymentName marks what is ours, e.g. `bursar-staging` */
export function createCheckoutLookup(stripe: () => Promise<Stripe>, deploymentName: string) {
  const toSessionFacts = (session: Stripe.Checkout.Session): SessionFacts => ({
    ...factsOf(session),
    isOurs: isOurs(session.metadata, deploymentName),
  });

  async function list(params: Stripe.Checkout.SessionListParams): Promise<SessionFacts[]> {
    const { checkout } = await stripe();
    return (await checkout.sessions.list({ ...params, limit: MOST_SESSIONS })).data.map(toSessionFacts);
  }

  return {
    /** @returns undefined when Stripe does not know it */
    async findSession(checkoutSessionId: string): Promise<SessionFacts | undefined> {
      const { checkout } = await stripe();
      const session = await unlessMissing(checkout.sessions.retrieve(checkoutSessionId));
      return session && toSessionFacts(session);
    },

    /** @returns undefined when Stripe does not know it, or no more: it keeps events for 30 days */
    async findEvent(eventId: string): Promise<EventFacts | undefined> {
      const event = await unlessMissing((await stripe()).events.retrieve(eventId));
      return event && toEventFacts(event);
    },

    listSessionsOfPayment: (paymentIntentId: string) => list({ payment_intent: paymentIntentId }),
    listSessionsOfCustomer: (customer: string) => list({ customer }),
    listSessionsOfEmail: (email: string) => list({ customer_details: { email } }),

    /**
     * The events about these sessions since the oldest of them was made.
     * @returns `isCut`: Stripe has had too many events since to look at all
     */
    async listEvents(
      checkoutSessionIds: string[],
      createdSince: Date,
    ): Promise<{ events: EventFacts[]; isCut: boolean }> {
      const wanted = new Set(checkoutSessionIds);
      const found: EventFacts[] = [];
      let seen = 0;
      const { events } = await stripe();
      const created = { gte: Math.floor(createdSince.getTime() / 1000) };
      for await (const event of events.list({ types: [...FULFILMENT_EVENT_TYPES], created, limit: 100 })) {
        seen += 1;
        const facts = toEventFacts(event);
        if (wanted.has(facts.checkoutSessionId ?? "")) found.push(facts);
        if (seen >= MOST_EVENTS) return { events: found, isCut: true };
      }
      return { events: found, isCut: false };
    },
  };
}

function factsOf(session: Stripe.Checkout.Session): Omit<SessionFacts, "isOurs"> {
  const payment = session.payment_intent;
  return {
    checkoutSessionId: session.id,
    status: session.status ?? "unknown",
    paymentStatus: session.payment_status,
    userId: studentOf(session),
    courseId: session.metadata?.["courseId"],
    paymentIntentId: (typeof payment === "object" ? payment?.id : payment) ?? undefined,
    amountTotal: session.amount_total ?? undefined,
    currency: session.currency ?? undefined,
    createdAt: toInstant(session.created),
    expiresAt: toInstant(session.expires_at),
  };
}

function toEventFacts(event: Stripe.Event): EventFacts {
  const { object } = event.data as { object: { object?: string; id?: string } };
  return {
    eventId: event.id,
    type: event.type,
    createdAt: toInstant(event.created),
    checkoutSessionId: object.object === "checkout.session" ? object.id : undefined,
    pendingDeliveries: event.pending_webhooks,
  };
}

const toInstant = (unixSeconds: number) => new Date(unixSeconds * 1000).toISOString();
