/** What one would do in Stripe's dashboard: look for an event, and send it again. */
import { setTimeout as pause } from "node:timers/promises";
import { Stripe } from "stripe";
import { STAND_IN_STRIPE } from "./settings.ts";

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

/** @returns what the webhook answered, e.g. `200 {"duplicate":true,...}` */
export async function resendEvent(stripeUrl: string, eventId: string): Promise<string> {
  const response = await fetch(`${stripeUrl}/_bursar/events/${eventId}/resend`, { method: "POST" });
  const delivery = (await response.json()) as { status?: number | null; responseBody?: string };
  if (!response.ok) throw new Error(`${eventId} could not be sent again: ${response.status}`);
  return `${delivery.status ?? "nothing"} ${delivery.responseBody ?? ""}`.trim();
}
