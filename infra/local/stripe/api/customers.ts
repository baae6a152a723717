/** `/v1/customers` */
import { Router } from "express";
import { createCustomer, updateCustomer } from "../customer.ts";
import { resourceMissing } from "../errors.ts";
import { readParameters } from "../parameters.ts";
import type { State } from "../state.ts";
import { reads, writes } from "./endpoint.ts";
import { listPage } from "./paging.ts";

export function customerRoutes(state: State): Router {
  const { customers } = state.records;
  const router = Router();

  router.post(
    "/",
    writes(state, async ({ parameters }, commit) => {
      const customer = createCustomer(readParameters("createCustomer", parameters));
      return commit(customer, { customers: [customer], events: [["customer.created", customer]] });
    }),
  );
  router.get(
    "/",
    reads(async ({ parameters }) => {
      const wanted = readParameters("listCustomers", parameters);
      return listPage(customers, "customer", "/v1/customers", wanted, { where: { email: wanted.email } });
    }),
  );
  router.get(
    "/:id",
    reads(async ({ id, parameters }) => {
      readParameters("retrieve", parameters);
      return find(id);
    }),
  );
  router.post(
    "/:id",
    writes(state, async ({ id, parameters }, commit) => {
      const wanted = readParameters("updateCustomer", parameters);
      const customer = updateCustomer(await find(id), wanted);
      return commit(customer, { customers: [customer], events: [["customer.updated", customer]] });
    }),
  );

  async function find(id: string) {
    const customer = await customers.find(id);
    if (!customer) throw resourceMissing("customer", id);
    return customer;
  }

  return router;
}
