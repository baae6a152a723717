/** Turns the line items of a new checkout session into priced ones. */
import type Stripe from "stripe";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { createId } from "../ids.ts";
import { idOf, type Records } from "../store/records.ts";
import { checkUnitAmount } from "./amounts.ts";
import { createPrice, createProduct } from "./catalog.ts";

type Input = Stripe.Checkout.SessionCreateParams.LineItem;
type InlinePrice = Stripe.Checkout.SessionCreateParams.LineItem.PriceData;

interface PricedLineItems {
  lineItems: Stripe.LineItem[];
  currency: string;
  /** Prices and products that `price_data` made along the way. */
  prices: Stripe.Price[];
  products: Stripe.Product[];
}

/** @throws StripeApiError 400 */
export async function priceLineItems(inputs: Input[], records: Records): Promise<PricedLineItems> {
  const priced = await Promise.all(inputs.map((input, index) => priceLineItem(input, index, records)));
  const lineItems = priced.map(({ lineItem }) => lineItem);
  const currency = lineItems[0]?.currency ?? "";
  if (lineItems.some((lineItem) => lineItem.currency !== currency)) {
    throw invalidRequest("All line items must have the same currency.", { param: "line_items" });
  }
  return {
    lineItems,
    currency,
    prices: priced.flatMap(({ price }) => price ?? []),
    products: priced.flatMap(({ product }) => product ?? []),
  };
}

async function priceLineItem(input: Input, index: number, records: Records) {
  const param = `line_items[${index}]`;
  if (!input.quantity || input.quantity < 1) {
    throw invalidRequest(`Quantity is required and must be at least 1. Add \`${param}[quantity]\`.`, {
      param: `${param}[quantity]`,
    });
  }
  if ((input.price === undefined) === (input.price_data === undefined)) {
    throw invalidRequest("You must specify either `price` or `price_data` when creating a line item.", {
      param,
    });
  }
  if (input.price_data) {
    const { price, product } = await createInlinePrice(input.price_data, `${param}[price_data]`, records);
    return { lineItem: lineItemOf(input, price, product), price, product };
  }

  const { price, product } = await findSellable(input.price ?? "", `${param}[price]`, records);
  return { lineItem: lineItemOf(input, price, product) };
}

async function findSellable(priceId: string, param: string, records: Records) {
  const price = await records.prices.find(priceId);
  if (!price) throw resourceMissing("price", priceId, param);
  if (!price.active) {
    throw invalidRequest("The price specified is inactive. This field only accepts active prices.", {
      param,
    });
  }
  return { price, product: await findActiveProduct(idOf(price.product) ?? "", param, records) };
}

async function findActiveProduct(productId: string, param: string, records: Records) {
  const product = await records.products.find(productId);
  if (!product) throw resourceMissing("product", productId, param);
  if (!product.active) {
    // After Stripe's words where a subscription is made; what Checkout says is published nowhere.
    throw invalidRequest(
      `The product ${productId} is marked as inactive, and thus no new purchases can be made of it.`,
      { param },
    );
  }
  return product;
}

async function createInlinePrice(data: InlinePrice, param: string, records: Records) {
  const unitAmount = data.unit_amount ?? Number(data.unit_amount_decimal ?? Number.NaN);
  checkUnitAmount(unitAmount, data.currency, param);
  if (data.recurring) {
    throw invalidRequest("You specified `payment` mode but passed a recurring price.", { param });
  }
  if ((data.product === undefined) === (data.product_data === undefined)) {
    throw invalidRequest("You must specify either `product` or `product_data` when creating a price.", {
      param,
    });
  }
  const product = data.product_data
    ? createProduct({ ...data.product_data, active: false })
    : await findActiveProduct(data.product ?? "", `${param}[product]`, records);
  const price = createPrice({
    currency: data.currency,
    unitAmount,
    productId: product.id,
    active: false,
    taxBehavior: data.tax_behavior,
  });
  return { price, product };
}

function lineItemOf(input: Input, price: Stripe.Price, product: Stripe.Product | undefined): Stripe.LineItem {
  const quantity = input.quantity ?? 1;
  const amount = (price.unit_amount ?? 0) * quantity;
  return {
    id: createId("li"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: product?.name ?? null,
    metadata: {},
    price,
    quantity,
  };
}
