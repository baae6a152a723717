/** `/v1/invoices`, to be read: a checkout session that was paid is what makes them. */
import { Router } from "express";
import { findRecord } from "../find-record.ts";
import type { State } from "../state.ts";
import { reads } from "./endpoint.ts";
import { expand } from "./expand.ts";
import { listPage } from "./paging.ts";

export function invoiceRoutes({ records }: State): Router {
  const router = Router();
  router.get(
    "/",
    reads("listInvoices", async ({ parameters }) => {
      const where = { customer: parameters.customer };
      const page = await listPage(records.invoices, "invoice", "/v1/invoices", parameters, {
        where,
        matches: ({ status }) => parameters.status === undefined || parameters.status === status,
      });
      return expand(page, parameters.expand, records);
    }),
  );
  router.get(
    "/:id",
    reads("retrieve", async ({ id, parameters }) =>
      expand(await findRecord("invoice", records.invoices, id), parameters.expand, records),
    ),
  );
  return router;
}
