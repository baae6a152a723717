/** `/v1/checkout/sessions` */
import { Router } from "express";
import { expireSession } from "../checkout/clock.ts";
import { createCheckout } from "../checkout/create-session.ts";
import { invalidRequest } from "../errors.ts";
import { findRecord } from "../find-record.ts";
import type { State } from "../state.ts";
import type { CheckoutRecord } from "../store/records.ts";
import { reads, writes } from "./endpoint.ts";
import { expand } from "./expand.ts";
import { listPage } from "./paging.ts";
import { presentCheckout } from "./present-checkout.ts";

const URL = "/v1/checkout/sessions";

export function checkoutSessionRoutes(state: State): Router {
  const { records } = state;
  const router = Router();
  const present = (record: CheckoutRecord, paths: string[] | undefined) =>
    presentCheckout(record, paths, state.knobs);

  router.post(
    "/",
    writes(state, "createSession", async ({ parameters: wanted }, commit) => {
      const { record, change } = await createCheckout(wanted, state);
      const made = [...(change.products ?? []), ...(change.prices ?? [])];
      const body = await expand(present(record, wanted.expand), wanted.expand, records, made);
      return commit(body, change);
    }),
  );

  router.get(
    "/",
    reads("listSessions", async ({ parameters: wanted }) => {
      const { customer, payment_intent, payment_link, status, subscription } = wanted;
      const email = wanted.customer_details?.email;
      const page = await listPage(records.checkouts, "checkout.session", URL, wanted, {
        where: { payment_intent, customer, payment_link, subscription, status },
        matches: ({ session }) => email === undefined || session.customer_details?.email === email,
      });
      const data = page.data.map((record) => present(record, wanted.expand));
      return expand({ ...page, data }, wanted.expand, records);
    }),
  );

  router.get(
    "/:id",
    reads("retrieve", async ({ id, parameters: { expand: paths } }) =>
      expand(present(await find(id), paths), paths, records),
    ),
  );

  router.get(
    "/:id/line_items",
    reads("listLineItems", async ({ id, parameters }) => {
      const { expand: paths, limit = 10, starting_after: after } = parameters;
      const { lineItems } = await find(id);
      const rest = lineItems.slice(after ? lineItems.findIndex((item) => item.id === after) + 1 : 0);
      const data = rest.slice(0, limit);
      const url = `${URL}/${id}/line_items`;
      return expand({ object: "list", data, has_more: rest.length > data.length, url }, paths, records);
    }),
  );

  router.post(
    "/:id/expire",
    writes(state, "retrieve", async ({ id, parameters: { expand: paths } }, commit) => {
      return state.exclusively(id, async () => {
        const record = await find(id);
        if (record.session.status !== "open") {
          throw invalidRequest(
            `Only Checkout Sessions with a status in ["open"] can be expired. ` +
              `This Checkout Session has a status of ${record.session.status}.`,
          );
        }
        const { expired, change } = expireSession(record);
        return commit(await expand(present(expired, paths), paths, records), change);
      });
    }),
  );

  const find = (id: string) => findRecord("checkout.session", records.checkouts, id);

  return router;
}
