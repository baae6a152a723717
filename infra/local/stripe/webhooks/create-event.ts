/** Makes an event with a snapshot of the object that it is about, and the kinds that a deployment does not ask for. */
import type Stripe from "stripe";
import { createId } from "../ids.ts";
import { changedIn } from "./changed-in.ts";

export const API_VERSION = "2026-10-28.endive";

/** Stripe's second kind of event, which names its object instead of carrying it. */
type ThinEvent = Stripe.V2.Core.EventBase & {
  related_object: { id: string; type: string; url: string };
};

export type SentEvent = Stripe.Event | ThinEvent;

/** @param previous the object before it was changed, where the event is to say what has */
export function createEvent(
  type: Stripe.Event["type"],
  object: object,
  pendingWebhooks: number,
  cause: Stripe.Event.Request = { id: null, idempotency_key: null },
  previous?: object,
): Stripe.Event {
  const event = {
    id: createId("evt"),
    object: "event",
    api_version: API_VERSION,
    created: Math.floor(Date.now() / 1000),
    data: { object, ...(previous && { previous_attributes: changedIn(previous, object) }) },
    livemode: false,
    pending_webhooks: pendingWebhooks,
    request: cause,
    type,
  };
  return event as unknown as Stripe.Event;
}

/** The same as it comes from an account that is connected to ours: https://docs.stripe.com/connect/webhooks */
export function connectEvent(event: Stripe.Event, account: string): Stripe.Event {
  return { ...event, id: createId("evt"), account, pending_webhooks: 1 };
}

/** The same as a thin event: https://docs.stripe.com/event-destinations#thin-payload */
export function thinEvent(event: Stripe.Event): ThinEvent {
  const { id, object } = event.data.object as { id: string; object: string };
  return {
    id: createId("evt"),
    object: "v2.core.event",
    created: new Date(event.created * 1000).toISOString(),
    livemode: event.livemode,
    related_object: { id, type: object, url: `/v1/${object.replaceAll(".", "/")}s/${id}` },
    snapshot_event: event.id,
    type: `v1.${event.type}`,
  };
}
