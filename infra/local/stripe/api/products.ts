/** `/v1/products` */
import { Router } from "express";
import { createProduct, updateProduct } from "../checkout/catalog.ts";
import { findRecord } from "../find-record.ts";
import type { State } from "../state.ts";
import { reads, writes } from "./endpoint.ts";
import { listPage } from "./paging.ts";

export function productRoutes(state: State): Router {
  const { products } = state.records;
  const router = Router();

  router.post(
    "/",
    writes(state, "createProduct", async ({ parameters }, commit) => {
      const product = createProduct(parameters);
      return commit(product, { products: [product], events: [["product.created", product]] });
    }),
  );
  router.get(
    "/",
    reads("listProducts", async ({ parameters }) => {
      const { active, ids } = parameters;
      return listPage(products, "product", "/v1/products", parameters, {
        matches: (product) =>
          (active === undefined || product.active === active) && (!ids || ids.includes(product.id)),
      });
    }),
  );
  router.get(
    "/:id",
    reads("retrieve", async ({ id }) => find(id)),
  );
  router.post(
    "/:id",
    writes(state, "updateProduct", async ({ id, parameters }, commit) => {
      const previous = await find(id);
      const product = updateProduct(previous, parameters);
      return commit(product, { products: [product], events: [["product.updated", product, previous]] });
    }),
  );

  const find = (id: string) => findRecord("product", products, id);

  return router;
}
