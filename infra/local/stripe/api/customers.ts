/** `/v1/customers` */
import { Router } from "express";
import { checkEmail } from "../checkout/texts.ts";
import {
  createCustomer,
  deleteCustomer,
  findLiveCustomer,
  presentCustomer,
  updateCustomer,
} from "../customer.ts";
import { resourceMissing } from "../errors.ts";
import type { State } from "../state.ts";
import { reads, writes } from "./endpoint.ts";
import { listPage } from "./paging.ts";

export function customerRoutes(state: State): Router {
  const { records } = state;
  const router = Router();

  router.post(
    "/",
    writes(state, "createCustomer", async ({ parameters }, commit) => {
      checkEmail(parameters.email, "email");
      const customer = createCustomer(parameters);
      return commit(customer, { customers: [customer], events: [["customer.created", customer]] });
    }),
  );
  router.get(
    "/",
    reads("listCustomers", async ({ parameters }) =>
      listPage(records.customers, "customer", "/v1/customers", parameters, {
        where: { email: parameters.email },
        matches: (customer) => !customer.deleted,
      }),
    ),
  );
  router.get(
    "/:id",
    reads("retrieve", async ({ id }) => {
      const customer = await records.customers.find(id);
      if (!customer) throw resourceMissing("customer", id);
      return presentCustomer(customer);
    }),
  );
  router.post(
    "/:id",
    writes(state, "updateCustomer", async ({ id, parameters }, commit) => {
      checkEmail(parameters.email, "email");
      return state.exclusively(id, async () => {
        const previous = await findLive(id);
        const customer = updateCustomer(previous, parameters);
        return commit(customer, {
          customers: [customer],
          events: [["customer.updated", customer, previous]],
        });
      });
    }),
  );
  router.delete(
    "/:id",
    writes(state, "remove", async ({ id }, commit) =>
      state.exclusively(id, async () => {
        const { deleted, change } = deleteCustomer(await findLive(id));
        return commit(presentCustomer(deleted), change);
      }),
    ),
  );

  async function findLive(id: string) {
    const customer = await findLiveCustomer(id, records);
    if (!customer) throw resourceMissing("customer", id);
    return customer;
  }

  return router;
}
