/** What one would do in Stripe's dashboard: look for an event, and send it again. */
import { setTimeout as pause } from "node:timers/promises";
import { Stripe } from "stripe";
import { STAND_IN_STRIPE } from "./settings.ts";
import type { EventView } from "./stripe/control/events.ts";

export function createStandInClient(stripeUrl: string): Stripe {
  const { hostname, port } = new URL(stripeUrl);
  return new Stripe(STAND_IN_STRIPE.secretKey, { protocol: "http", host: hostname, port });
}

/** Waits for the event that says that the session is complete. */
export async function findCompletedEvent(
  stripeUrl: string,
  checkoutSessionId: string,
): Promise<Stripe.Event> {
  const stripe = createStandInClient(stripeUrl);
  for (;;) {
    for await (const event of stripe.events.list({ type: "checkout.session.completed", limit: 100 })) {
      if ("id" in event.data.object && event.data.object.id === checkoutSessionId) return event;
    }
    await pause(20);
  }
}

/** @returns what the webhook answered to this delivery, e.g. `200 {"duplicate":true,...}` */
export async function resendEvent(stripeUrl: string, eventId: string): Promise<string> {
  const response = await fetch(`${stripeUrl}/_bursar/events/${eventId}/resend`, { method: "POST" });
  if (!response.ok) throw new Error(`${eventId} could not be sent again: ${response.status}`);
  const before = (await response.json()) as EventView;
  for (;;) {
    const [latest] = (await viewEvent(stripeUrl, eventId)).attempts;
    if (latest && latest.at !== before.attempts[0]?.at)
      return `${latest.status ?? latest.error} ${latest.responseBody}`;
    await pause(20);
  }
}

async function viewEvent(stripeUrl: string, eventId: string): Promise<EventView> {
  const response = await fetch(`${stripeUrl}/_bursar/events?limit=100`);
  const { events } = (await response.json()) as { events: EventView[] };
  const view = events.find(({ event }) => event.id === eventId);
  if (!view) throw new Error(`${eventId} is not among the latest events`);
  return view;
}
