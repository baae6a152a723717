/** `/_bursar/events`: every event with its deliveries, sent again, or sent in a shape that is not for us. */
import { Router } from "express";
import type Stripe from "stripe";
import * as z from "zod";
import { resourceMissing } from "../errors.ts";
import { findRecord } from "../find-record.ts";
import { type State, scheduleDelivery } from "../state.ts";
import { connectEvent, type SentEvent, thinEvent } from "../webhooks/create-event.ts";
import type { DeliveryAttempt } from "../webhooks/deliver.ts";
import { readBody } from "./read-body.ts";

/** One event with its attempts, newest first. */
export interface EventView<Event extends SentEvent = Stripe.Event> {
  event: Event;
  delivered: boolean;
  attempts: DeliveryAttempt[];
}

const ATTEMPTS_SHOWN = 50;
const HIGHEST_LIMIT = 100;

const copySchema = z.union([
  z.strictObject({ account: z.string().startsWith("acct_") }),
  z.strictObject({ thin: z.literal(true) }),
]);

export function eventControls(state: State): Router {
  const { records } = state;
  const router = Router();

  router.get("/", async (request, response) => {
    const limit = Math.min(Math.max(Number(request.query["limit"] ?? 20) || 20, 1), HIGHEST_LIMIT);
    const after = request.query["after"];
    const page = await records.events.list({
      limit,
      startingAfter: typeof after === "string" ? after : undefined,
    });
    response.json({ events: await Promise.all(page.data.map(view)), hasMore: page.hasMore });
  });

  router.get("/:id", async (request, response) => {
    const { id } = request.params;
    const event = (await records.events.find(id)) ?? (await records.foreignEvents.find(id))?.event;
    if (!event) throw resourceMissing("event", id);
    response.json(await view(event));
  });

  router.post("/:id/resend", async (request, response) => {
    const event = await find(request.params.id);
    await state.save({ writes: [scheduleDelivery(event.id, 0)] });
    response.status(202).json(await view(event));
  });

  /** The same event once more under another id: as of a connected account, or thin. */
  router.post("/:id/copy", async (request, response) => {
    const event = await find(request.params.id);
    const wanted = readBody(copySchema, request);
    const copy = "thin" in wanted ? thinEvent(event) : connectEvent(event, wanted.account);
    const stored = await records.foreignEvents.put({ id: copy.id, created: event.created, event: copy });
    await state.save({ writes: [...stored, scheduleDelivery(copy.id, 0)] });
    response.status(202).json(await view(copy));
  });

  const find = (id: string) => findRecord("event", records.events, id);

  async function view<Event extends SentEvent>(event: Event): Promise<EventView<Event>> {
    const prefix = `attempt/${event.id}/`;
    const range = { gt: prefix, lt: `${prefix}~`, reverse: true, limit: ATTEMPTS_SHOWN };
    const attempts: DeliveryAttempt[] = [];
    for await (const [, attempt] of state.database.iterator<string, DeliveryAttempt>(range))
      attempts.push(attempt);
    return { event, delivered: attempts.some(isDelivered), attempts };
  }

  return router;
}

const isDelivered = ({ status }: DeliveryAttempt) => status !== null && status >= 200 && status < 300;
