/** `/_bursar/`: the knobs, and what became of every event. Not part of Stripe's API. */
import express, { Router } from "express";
import type Stripe from "stripe";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { type State, scheduleDelivery } from "../state.ts";
import type { DeliveryAttempt } from "../webhooks/deliver.ts";
import { knobsSchema } from "./knobs.ts";

/** One event with its attempts, newest first. */
export interface EventView {
  event: Stripe.Event;
  delivered: boolean;
  attempts: DeliveryAttempt[];
}

const ATTEMPTS_SHOWN = 50;
const HIGHEST_LIMIT = 100;

export function controlRoutes(state: State, onKnobs: () => void): Router {
  const { records, knobs } = state;
  const router = Router();

  router.get("/health", (_request, response) => void response.json({ status: "ok" }));

  router.get("/knobs", (_request, response) => void response.json(knobs));

  router.post("/knobs", express.json(), (request, response) => {
    const turned = knobsSchema.partial().safeParse(request.body);
    if (!turned.success) {
      const [issue] = turned.error.issues;
      throw invalidRequest(`The knobs cannot be set so: ${issue?.path.join(".")} ${issue?.message}`);
    }
    Object.assign(knobs, turned.data);
    onKnobs();
    response.json(knobs);
  });

  router.get("/events", async (request, response) => {
    const limit = Math.min(Math.max(Number(request.query["limit"] ?? 20) || 20, 1), HIGHEST_LIMIT);
    const after = request.query["after"];
    const page = await records.events.list({
      limit,
      startingAfter: typeof after === "string" ? after : undefined,
    });
    response.json({ events: await Promise.all(page.data.map(view)), hasMore: page.hasMore });
  });

  router.get("/events/:id", async (request, response) => {
    response.json(await view(await find(request.params.id)));
  });

  router.post("/events/:id/resend", async (request, response) => {
    const event = await find(request.params.id);
    await state.save({ writes: [scheduleDelivery(event.id, 0)] });
    response.status(202).json(await view(event));
  });

  async function find(id: string): Promise<Stripe.Event> {
    const event = await records.events.find(id);
    if (!event) throw resourceMissing("event", id);
    return event;
  }

  async function view(event: Stripe.Event): Promise<EventView> {
    const prefix = `attempt/${event.id}/`;
    const range = { gt: prefix, lt: `${prefix}~`, reverse: true, limit: ATTEMPTS_SHOWN };
    const attempts: DeliveryAttempt[] = [];
    for await (const [, attempt] of state.database.entries<DeliveryAttempt>(range)) attempts.push(attempt);
    return { event, delivered: attempts.some(isDelivered), attempts };
  }

  return router;
}

const isDelivered = ({ status }: DeliveryAttempt) => status !== null && status >= 200 && status < 300;
