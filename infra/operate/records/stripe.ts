/** Checkout sessions and events at Stripe, looked up by what an operator has. */
import { Stripe } from "stripe";
import { FULFILMENT_EVENT_TYPES } from "#workflow/payment-event.ts";

export type StripeRecords = ReturnType<typeof createStripeRecords>;

/** Sessions of one student or payment; more would be somebody else's question. */
const MOST_SESSIONS = 50;
/** A walk through the events of a busy shop ends here; what was not seen is said. */
const MOST_EVENTS = 2_000;

export function createStripeRecords(stripe: Stripe) {
  const list = async (params: Stripe.Checkout.SessionListParams) =>
    (await stripe.checkout.sessions.list({ ...params, limit: MOST_SESSIONS })).data;

  return {
    findSession: (id: string) => unlessMissing(stripe.checkout.sessions.retrieve(id)),
    findEvent: (id: string) => unlessMissing(stripe.events.retrieve(id)),
    listSessionsOfPayment: (paymentIntentId: string) => list({ payment_intent: paymentIntentId }),
    listSessionsOfCustomer: (customer: string) => list({ customer }),
    listSessionsOfEmail: (email: string) => list({ customer_details: { email } }),

    /** The events about these sessions since the oldest of them was made. Stripe keeps events for 30 days. */
    async listEvents(
      sessionIds: string[],
      createdSince: number,
    ): Promise<{ events: Stripe.Event[]; isCut: boolean }> {
      const wanted = new Set(sessionIds);
      const events: Stripe.Event[] = [];
      let seen = 0;
      const types = [...FULFILMENT_EVENT_TYPES];
      for await (const event of stripe.events.list({ types, created: { gte: createdSince }, limit: 100 })) {
        seen += 1;
        if (wanted.has(sessionIdOf(event) ?? "")) events.push(event);
        if (seen >= MOST_EVENTS) return { events, isCut: true };
      }
      return { events, isCut: false };
    },
  };
}

export function sessionIdOf(event: Stripe.Event): string | undefined {
  const { object } = event.data as { object: { object?: string; id?: string } };
  return object.object === "checkout.session" ? object.id : undefined;
}

async function unlessMissing<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return undefined;
    throw error;
  }
}
