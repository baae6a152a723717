/** Turns the line items of a new checkout session into priced ones. */
import type Stripe from "stripe";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { createId } from "../ids.ts";
import type { Records } from "../store/records.ts";
import { createPrice, createProduct } from "./catalog.ts";

type Input = Stripe.Checkout.SessionCreateParams.LineItem;
type InlinePrice = Stripe.Checkout.SessionCreateParams.LineItem.PriceData;

export interface PricedLineItems {
  lineItems: Stripe.LineItem[];
  currency: string;
  amountTotal: number;
  /** Prices and products that `price_data` made along the way. */
  prices: Stripe.Price[];
  products: Stripe.Product[];
}

const SMALLEST_AMOUNT = 50;

/** @throws StripeApiError 400 */
export async function priceLineItems(inputs: Input[], records: Records): Promise<PricedLineItems> {
  const priced = await Promise.all(inputs.map((input, index) => priceLineItem(input, index, records)));
  const lineItems = priced.map(({ lineItem }) => lineItem);
  const currency = lineItems[0]?.currency ?? "";
  if (lineItems.some((lineItem) => lineItem.currency !== currency)) {
    throw invalidRequest("All line items must have the same currency.", { param: "line_items" });
  }
  const amountTotal = lineItems.reduce((sum, { amount_total }) => sum + amount_total, 0);
  if (amountTotal < SMALLEST_AMOUNT) {
    throw invalidRequest(
      `The Checkout Session's total amount due must add up to at least ${SMALLEST_AMOUNT} in the smallest unit of ${currency}.`,
      { code: "amount_too_small" },
    );
  }
  return {
    lineItems,
    currency,
    amountTotal,
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

  const price = await records.prices.find(input.price ?? "");
  if (!price) throw resourceMissing("price", input.price ?? "", `${param}[price]`);
  const product = await records.products.find(price.product as string);
  return { lineItem: lineItemOf(input, price, product) };
}

async function createInlinePrice(data: InlinePrice, param: string, records: Records) {
  const unitAmount = data.unit_amount ?? Number(data.unit_amount_decimal ?? Number.NaN);
  if (!Number.isInteger(unitAmount) || unitAmount < 0) {
    throw invalidRequest("This value must be a whole number, greater than or equal to 0.", {
      code: "parameter_invalid_integer",
      param: `${param}[unit_amount]`,
    });
  }
  if (data.recurring) {
    throw invalidRequest("You specified `payment` mode but passed a recurring price.", { param });
  }
  if ((data.product === undefined) === (data.product_data === undefined)) {
    throw invalidRequest("You must specify either `product` or `product_data` when creating a price.", {
      param,
    });
  }
  const product = data.product_data
    ? createProduct(data.product_data)
    : await records.products.find(data.product ?? "");
  if (!product) throw resourceMissing("product", data.product ?? "", `${param}[product]`);

  const price = createPrice({ currency: data.currency, unitAmount, productId: product.id, active: false });
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
