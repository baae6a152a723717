/** `/v1/payment_intents`, to be read: a checkout session is what makes them. */
import { Router } from "express";
import { findRecord } from "../find-record.ts";
import type { State } from "../state.ts";
import { reads } from "./endpoint.ts";
import { expand } from "./expand.ts";
import { listPage } from "./paging.ts";

const URL = "/v1/payment_intents";

export function paymentIntentRoutes({ records }: State): Router {
  const router = Router();
  router.get(
    "/",
    reads("listPaymentIntents", async ({ parameters: wanted }) => {
      const where = { customer: wanted.customer };
      const page = await listPage(records.paymentIntents, "payment_intent", URL, wanted, { where });
      return expand(page, wanted.expand, records);
    }),
  );
  router.get(
    "/:id",
    reads("retrieve", async ({ id, parameters: wanted }) => {
      const intent = await findRecord("payment_intent", records.paymentIntents, id);
      return expand(intent, wanted.expand, records);
    }),
  );
  return router;
}
