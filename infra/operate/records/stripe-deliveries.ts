/** What a stand-in for Stripe records of its deliveries, and its knobs. Stripe itself shows these in its dashboard. */
import * as z from "zod";
import { WEBHOOK_EVENT_TYPES } from "#workflow/payment-notice.ts";
import type { DeliveriesPage, Delivery } from "./shapes.ts";
import { type StripeKnobs, stripeKnobsSchema } from "./stripe-knobs.ts";
import { createStandInCall } from "./stripe-stand-in.ts";

const attemptSchema = z.object({
  at: z.string(),
  status: z.number().nullable(),
  error: z.string().nullable(),
  responseBody: z.string(),
  durationMs: z.number(),
  nextAttemptAt: z.string().nullable(),
});

const eventViewSchema = z.object({
  event: z.object({
    id: z.string(),
    type: z.string(),
    created: z.number(),
    data: z.object({ object: z.object({ id: z.string().optional() }) }),
  }),
  delivered: z.boolean(),
  attempts: z.array(attemptSchema),
});

export type StripeDeliveries = ReturnType<typeof createStripeDeliveries>;

/** @param stripeUrl e.g. `http://localhost:12111` */
export function createStripeDeliveries(stripeUrl: string) {
  const call = createStandInCall(stripeUrl);

  return {
    /** Newest first; only what the webhook acts on. */
    async listDeliveries(after?: string): Promise<DeliveriesPage> {
      const path = after ? `events?limit=100&after=${encodeURIComponent(after)}` : "events?limit=100";
      const page = z
        .object({ events: z.array(eventViewSchema), hasMore: z.boolean() })
        .parse(await call("GET", path));
      const deliveries = page.events
        .map(toDelivery)
        .filter(({ type }) => (WEBHOOK_EVENT_TYPES as readonly string[]).includes(type));
      return { deliveries, hasMore: page.hasMore };
    },

    /** @returns undefined when there is no such event */
    async findDelivery(eventId: string): Promise<Delivery | undefined> {
      const response = await fetch(`${stripeUrl}/_bursar/events/${encodeURIComponent(eventId)}`);
      return response.ok ? toDelivery(eventViewSchema.parse(await response.json())) : undefined;
    },

    async resend(eventId: string): Promise<void> {
      await call("POST", `events/${encodeURIComponent(eventId)}/resend`);
    },

    readKnobs: async () => stripeKnobsSchema.parse(await call("GET", "knobs")),

    turnKnobs: async (knobs: { [Knob in keyof StripeKnobs]?: StripeKnobs[Knob] | undefined }) =>
      stripeKnobsSchema.parse(await call("POST", "knobs", knobs)),
  };
}

function toDelivery({ event, delivered, attempts }: z.infer<typeof eventViewSchema>): Delivery {
  return {
    eventId: event.id,
    type: event.type,
    createdAt: new Date(event.created * 1000).toISOString(),
    checkoutSessionId: event.data.object.id,
    delivered,
    attempts,
  };
}
