/** Makes an event with a snapshot of the object that it is about. */
import type Stripe from "stripe";
import { createId } from "../ids.ts";

export const API_VERSION = "2026-10-28.endive";

export function createEvent(
  type: Stripe.Event["type"],
  object: unknown,
  pendingWebhooks: number,
  cause: Stripe.Event.Request = { id: null, idempotency_key: null },
): Stripe.Event {
  const event = {
    id: createId("evt"),
    object: "event",
    api_version: API_VERSION,
    created: Math.floor(Date.now() / 1000),
    data: { object },
    livemode: false,
    pending_webhooks: pendingWebhooks,
    request: cause,
    type,
  };
  return event as unknown as Stripe.Event;
}
