/** `/v1/prices`: one-time prices, as much as a line item needs. */
import { Router } from "express";
import type Stripe from "stripe";
import { checkUnitAmount } from "../checkout/amounts.ts";
import { createPrice, createProduct, updatePrice } from "../checkout/catalog.ts";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { findRecord } from "../find-record.ts";
import type { State } from "../state.ts";
import { reads, writes } from "./endpoint.ts";
import { expand } from "./expand.ts";
import { listPage } from "./paging.ts";

export function priceRoutes(state: State): Router {
  const { records } = state;
  const { prices } = records;
  const router = Router();

  router.post(
    "/",
    writes(state, "createPrice", async ({ parameters }, commit) => {
      const { price, products } = await readPrice(parameters, state);
      return commit(price, { prices: [price], products, events: [["price.created", price]] });
    }),
  );
  router.get(
    "/",
    reads("listPrices", async ({ parameters }) => {
      const page = await listPage(prices, "price", "/v1/prices", parameters, {
        matches: (price) => isWanted(price, parameters),
      });
      return expand(page, parameters.expand, records);
    }),
  );
  router.get(
    "/:id",
    reads("retrieve", async ({ id, parameters }) => {
      const price = presentPrice(await find(id), parameters.expand);
      return expand(price, parameters.expand, records);
    }),
  );
  router.post(
    "/:id",
    writes(state, "updatePrice", async ({ id, parameters }, commit) => {
      const previous = await find(id);
      const price = updatePrice(previous, parameters);
      return commit(price, { prices: [price], events: [["price.updated", price, previous]] });
    }),
  );

  const find = (id: string) => findRecord("price", prices, id);

  return router;
}

async function readPrice(wanted: Stripe.PriceCreateParams, { records }: State) {
  if (wanted.unit_amount === undefined || wanted.recurring) {
    throw invalidRequest("Stripe's stand-in only does one-time prices with a `unit_amount`.", {
      param: wanted.recurring ? "recurring" : "unit_amount",
    });
  }
  checkUnitAmount(wanted.unit_amount, wanted.currency);
  const inline = wanted.product_data && createProduct(wanted.product_data);
  const product = inline ?? (await records.products.find(wanted.product ?? ""));
  if (!product) throw resourceMissing("product", wanted.product ?? "", "product");
  const price = createPrice({
    currency: wanted.currency,
    unitAmount: wanted.unit_amount,
    productId: product.id,
    active: wanted.active ?? true,
    taxBehavior: wanted.tax_behavior,
    ...(wanted.metadata && { metadata: wanted.metadata }),
    ...(wanted.nickname && { nickname: wanted.nickname }),
    ...(wanted.lookup_key && { lookupKey: wanted.lookup_key }),
  });
  return { price, products: inline ? [inline] : [] };
}

/** What it is in each currency is told when it is asked for. There is only ever its own. */
function presentPrice(price: Stripe.Price, paths: string[] = []): Stripe.Price {
  if (!paths.includes("currency_options")) return price;
  const { currency, custom_unit_amount, tax_behavior, unit_amount, unit_amount_decimal } = price;
  const own = { custom_unit_amount, tax_behavior, unit_amount, unit_amount_decimal };
  return { ...price, currency_options: { [currency]: own } };
}

function isWanted(price: Stripe.Price, wanted: Stripe.PriceListParams): boolean {
  const { active, currency, lookup_keys: lookupKeys, product, type } = wanted;
  return (
    (active === undefined || price.active === active) &&
    (currency === undefined || price.currency === currency) &&
    (product === undefined || price.product === product) &&
    (type === undefined || price.type === type) &&
    (!lookupKeys || lookupKeys.includes(price.lookup_key ?? ""))
  );
}
