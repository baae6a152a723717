/** `/v1/charges`, to be read. */
import { Router } from "express";
import { findRecord } from "../find-record.ts";
import type { State } from "../state.ts";
import { idOf } from "../store/records.ts";
import { reads } from "./endpoint.ts";
import { expand } from "./expand.ts";
import { listPage } from "./paging.ts";

export function chargeRoutes({ records }: State): Router {
  const router = Router();
  router.get(
    "/",
    reads("listCharges", async ({ parameters }) => {
      const { customer, expand: paths, payment_intent } = parameters;
      const page = await listPage(records.charges, "charge", "/v1/charges", parameters, {
        where: { payment_intent },
        matches: (charge) => customer === undefined || idOf(charge.customer) === customer,
      });
      return expand(page, paths, records);
    }),
  );
  router.get(
    "/:id",
    reads("retrieve", async ({ id, parameters }) => {
      const charge = await findRecord("charge", records.charges, id);
      return expand(charge, parameters.expand, records);
    }),
  );
  return router;
}
