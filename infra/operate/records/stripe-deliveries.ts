/** What a stand-in for Stripe records of its deliveries, and its knobs. Stripe itself shows these in its dashboard. */
import * as z from "zod";
import type { Delivery } from "./shapes.ts";
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
    data: z.object({
      object: z.object({
        id: z.string().optional(),
        metadata: z.record(z.string(), z.string()).nullish(),
      }),
    }),
  }),
  delivered: z.boolean(),
  attempts: z.array(attemptSchema),
});

export type StripeDeliveries = ReturnType<typeof createStripeDeliveries>;

/** @param stripeUrl e.g. `http://localhost:12111` */
export function createStripeDeliveries(stripeUrl: string) {
  const call = createStandInCall(stripeUrl);

  return {
    /** Newest first. @param after the last of those before */
    async listEvents(after?: string): Promise<{ events: Delivery[]; hasMore: boolean }> {
      const path = after ? `events?limit=100&after=${encodeURIComponent(after)}` : "events?limit=100";
      const page = z
        .object({ events: z.array(eventViewSchema), hasMore: z.boolean() })
        .parse(await call("GET", path));
      return { events: page.events.map(toDelivery), hasMore: page.hasMore };
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
  const { object } = event.data;
  return {
    eventId: event.id,
    type: event.type,
    createdAt: new Date(event.created * 1000).toISOString(),
    checkoutSessionId: object.id,
    userId: object.metadata?.["userId"],
    courseId: object.metadata?.["courseId"],
    delivered,
    attempts,
  };
}
