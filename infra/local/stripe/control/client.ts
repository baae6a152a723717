/** Makes Stripe's stand-in do what people, banks and Stripe itself do to a deployment, for game days and tests. */
import type Stripe from "stripe";
import type { ForeignSale } from "../checkout/foreign-sale.ts";
import type { SentEvent } from "../webhooks/create-event.ts";
import type { EventView } from "./events.ts";
import type { Knobs } from "./knobs.ts";

/**
 * Whatever the stand-in refuses is thrown as an Error in its words.
 * @param stripeUrl e.g. `http://localhost:12111`
 */
export function createStripeControl(stripeUrl: string) {
  async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${stripeUrl}/_bursar/${path}`, {
      method,
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Answer & { error?: { message: string } };
    if (!response.ok) throw new Error(answer.error?.message ?? `${path} answered ${response.status}`);
    return answer;
  }
  const post = <Answer>(path: string, body: object = {}) => call<Answer>("POST", path, body);
  const turnKnobs = (knobs: Partial<Knobs>) => post<Knobs>("knobs", knobs);

  return {
    turnKnobs,

    /** The next checkout that is opened is answered with 500, and that answer is kept under its Idempotency-Key. */
    keepFailure: () =>
      turnKnobs({
        failApi: { status: 500, moment: "during", count: 1, method: "POST", path: "/v1/checkout/sessions" },
      }),

    /** @param amount minor units; everything that is left when it is not given */
    refund: (checkoutSessionId: string, amount?: number) =>
      post<Stripe.Refund>(`checkouts/${checkoutSessionId}/refund`, { amount }),
    /** @param reason one of Stripe's, e.g. `product_not_received`; `fraudulent` unless given */
    openDispute: (checkoutSessionId: string, reason?: string) =>
      post<Stripe.Dispute>(`checkouts/${checkoutSessionId}/dispute`, { reason }),
    closeDispute: (disputeId: string, outcome: "won" | "lost") =>
      post<Stripe.Dispute>(`disputes/${disputeId}/close`, { outcome }),
    /** The bank that takes its time for a debit says now what it has to say. */
    decideDebit: (checkoutSessionId: string) => post<object>(`checkouts/${checkoutSessionId}/debit`),
    deleteCustomer: (customerId: string) => call<Stripe.DeletedCustomer>("DELETE", `customers/${customerId}`),
    archivePrice: (priceId: string) => post<Stripe.Price>(`prices/${priceId}`, { active: false }),
    archiveProduct: (productId: string) => post<Stripe.Product>(`products/${productId}`, { active: false }),
    /** A paid sale of something else in the same account. */
    sellElsewhere: (sale: Partial<ForeignSale> = {}) => post<Stripe.Checkout.Session>("foreign-sales", sale),

    /** Newest first. @param query e.g. `?limit=100` */
    listEvents: async (query = "") => (await call<{ events: EventView[] }>("GET", `events${query}`)).events,
    readEvent: (eventId: string) => call<EventView<SentEvent>>("GET", `events/${eventId}`),
    resend: (eventId: string) => post<EventView>(`events/${eventId}/resend`),
    /** Sends the event once more under another id, as an event of a connected account. */
    sendFromAccount: (eventId: string, account: string) =>
      post<EventView>(`events/${eventId}/copy`, { account }),
    /** Sends it once more under another id, as a thin event. */
    sendThin: (eventId: string) => post<EventView<SentEvent>>(`events/${eventId}/copy`, { thin: true }),
  };
}
