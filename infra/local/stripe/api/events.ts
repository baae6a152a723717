/** `/v1/events` */
import { Router } from "express";
import type Stripe from "stripe";
import { invalidRequest } from "../errors.ts";
import { findRecord } from "../find-record.ts";
import type { State } from "../state.ts";
import { reads } from "./endpoint.ts";
import { listPage } from "./paging.ts";

export function eventRoutes({ records }: State): Router {
  const router = Router();
  router.get(
    "/",
    reads("listEvents", async ({ parameters: wanted }) => {
      if (wanted.type && wanted.types) {
        throw invalidRequest("You may only specify one of these parameters: type, types.", { param: "type" });
      }
      const where = { type: wanted.type?.includes("*") ? undefined : wanted.type };
      const matches = (event: Stripe.Event) => isWanted(event, wanted);
      return listPage(records.events, "event", "/v1/events", wanted, { where, matches });
    }),
  );
  router.get(
    "/:id",
    reads("retrieve", async ({ id }) => {
      const event = await findRecord("event", records.events, id);
      return event;
    }),
  );
  return router;
}

function isWanted(event: Stripe.Event, wanted: Stripe.EventListParams): boolean {
  const { delivery_success: delivered, type, types } = wanted;
  if (delivered !== undefined && delivered !== (event.pending_webhooks === 0)) return false;
  if (types && !types.includes(event.type)) return false;
  return !type?.endsWith("*") || event.type.startsWith(type.slice(0, -1));
}
