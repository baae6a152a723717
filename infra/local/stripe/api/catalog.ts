/** `/v1/products` and `/v1/prices`: as much as a line item needs. */
import { Router } from "express";
import type Stripe from "stripe";
import { createPrice, createProduct } from "../checkout/catalog.ts";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { readParameters } from "../parameters.ts";
import type { State } from "../state.ts";
import { reads, writes } from "./endpoint.ts";
import { expand } from "./expand.ts";

export function productRoutes(state: State): Router {
  const { products } = state.records;
  const router = Router();
  router.post(
    "/",
    writes(state, async ({ parameters }, commit) => {
      const product = createProduct(readParameters("createProduct", parameters));
      return commit(product, { products: [product], events: [["product.created", product]] });
    }),
  );
  router.get(
    "/:id",
    reads(async ({ id }) => {
      const product = await products.find(id);
      if (!product) throw resourceMissing("product", id);
      return product;
    }),
  );
  return router;
}

export function priceRoutes(state: State): Router {
  const { records } = state;
  const router = Router();
  router.post(
    "/",
    writes(state, async ({ parameters }, commit) => {
      const { price, products } = await readPrice(readParameters("createPrice", parameters), state);
      return commit(price, { prices: [price], products, events: [["price.created", price]] });
    }),
  );
  router.get(
    "/:id",
    reads(async ({ id, parameters }) => {
      const wanted = readParameters("retrieve", parameters);
      const price = await records.prices.find(id);
      if (!price) throw resourceMissing("price", id);
      return expand(price, wanted.expand, records);
    }),
  );
  return router;
}

async function readPrice(wanted: Stripe.PriceCreateParams, { records }: State) {
  if (wanted.unit_amount === undefined || wanted.recurring) {
    throw invalidRequest("Stripe's stand-in only does one-time prices with a `unit_amount`.", {
      param: wanted.recurring ? "recurring" : "unit_amount",
    });
  }
  const inline = wanted.product_data && createProduct(wanted.product_data);
  const product = inline ?? (await records.products.find(wanted.product ?? ""));
  if (!product) throw resourceMissing("product", wanted.product ?? "", "product");
  const price = createPrice({
    currency: wanted.currency,
    unitAmount: wanted.unit_amount,
    productId: product.id,
    active: wanted.active ?? true,
    ...(wanted.metadata && { metadata: wanted.metadata }),
    ...(wanted.nickname && { nickname: wanted.nickname }),
    ...(wanted.lookup_key && { lookupKey: wanted.lookup_key }),
  });
  return { price, products: inline ? [inline] : [] };
}
