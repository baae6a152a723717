/** What a stand-in for Stripe records of its deliveries, and its knobs. Stripe itself shows these in its dashboard. */
import * as z from "zod";
import { WEBHOOK_EVENT_TYPES } from "#workflow/payment-notice.ts";
import type { DeliveriesPage, Delivery, StripeKnobs } from "./shapes.ts";

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

const knobsSchema = z.object({
  paused: z.boolean(),
  dropDeliveries: z.boolean(),
  duplicates: z.number(),
  delayMs: z.number(),
  apiDelayMs: z.number(),
  failApi: z.object({ status: z.number(), count: z.number().optional() }).nullable(),
});

export type StripeDeliveries = ReturnType<typeof createStripeDeliveries>;

/** @param stripeUrl e.g. `http://localhost:12111` */
export function createStripeDeliveries(stripeUrl: string) {
  async function call(path: string, init?: RequestInit): Promise<unknown> {
    const response = await fetch(`${stripeUrl}/_bursar/${path}`, init).catch(() => undefined);
    if (!response?.ok) throw new Error(`Stripe's stand-in on ${stripeUrl} does not answer as it should.`);
    return response.json();
  }

  const post = (path: string, body?: unknown) =>
    call(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  return {
    /** Newest first; only what the webhook acts on. */
    async listDeliveries(after?: string): Promise<DeliveriesPage> {
      const path = after ? `events?limit=100&after=${encodeURIComponent(after)}` : "events?limit=100";
      const page = z
        .object({ events: z.array(eventViewSchema), hasMore: z.boolean() })
        .parse(await call(path));
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
      await post(`events/${encodeURIComponent(eventId)}/resend`);
    },

    readKnobs: async (): Promise<StripeKnobs> => knobsSchema.parse(await call("knobs")),

    turnKnobs: async (
      knobs: { [Knob in keyof StripeKnobs]?: StripeKnobs[Knob] | undefined },
    ): Promise<StripeKnobs> => knobsSchema.parse(await post("knobs", knobs)),
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
