/** What one would do in Stripe's dashboard: look for an event, and send it again. */
import { setTimeout as pause } from "node:timers/promises";
import type { Stripe } from "stripe";
import { connectStripe } from "#infra/operate/stripe-setup/connect-stripe.ts";
import { STAND_IN_STRIPE } from "./settings.ts";
import { createStripeControl } from "./stripe/control/client.ts";

const POLL_MS = 20;

export const createStandInClient = (stripeUrl: string): Stripe =>
  connectStripe(STAND_IN_STRIPE.secretKey, stripeUrl);

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
    await pause(POLL_MS);
  }
}

/** @returns what the webhook answered to this delivery, e.g. `200 {"duplicate":true,...}` */
export async function resendEvent(stripeUrl: string, eventId: string): Promise<string> {
  const stripe = createStripeControl(stripeUrl);
  const before = await stripe.resend(eventId);
  for (;;) {
    const [latest] = (await stripe.readEvent(eventId)).attempts;
    if (latest && latest.at !== before.attempts[0]?.at)
      return `${latest.status ?? latest.error} ${latest.responseBody}`;
    await pause(POLL_MS);
  }
}
