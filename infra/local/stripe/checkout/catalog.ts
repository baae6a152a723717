/** Products and prices, made through the API or in passing by a checkout session's `price_data`. */
import { Stripe } from "stripe";
import { invalidRequest } from "../errors.ts";
import { createId } from "../ids.ts";
import { cleanMetadata } from "../metadata.ts";

type ProductInput = Pick<
  Stripe.ProductCreateParams,
  "active" | "description" | "id" | "images" | "metadata" | "name" | "url"
>;

export function createProduct(input: ProductInput): Stripe.Product {
  const now = Math.floor(Date.now() / 1000);
  return {
    id: input.id ?? createId("prod"),
    object: "product",
    active: input.active ?? true,
    created: now,
    default_price: null,
    description: input.description ?? null,
    images: input.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: cleanMetadata(input.metadata),
    name: input.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: now,
    url: input.url ?? null,
  };
}

/** Honours what a line item shows of it, and whether it can be sold. */
export function updateProduct(product: Stripe.Product, wanted: Stripe.ProductUpdateParams): Stripe.Product {
  return {
    ...product,
    ...(wanted.active !== undefined && { active: wanted.active }),
    ...(wanted.name !== undefined && { name: wanted.name }),
    ...(wanted.description !== undefined && { description: wanted.description || null }),
    metadata: cleanMetadata(wanted.metadata, product.metadata),
    updated: Math.floor(Date.now() / 1000),
  };
}

interface PriceInput {
  currency: string;
  /** Minor units. */
  unitAmount: number;
  productId: string;
  active: boolean;
  metadata?: Stripe.Emptyable<Stripe.MetadataParam>;
  nickname?: string;
  lookupKey?: string;
  taxBehavior?: Stripe.PriceCreateParams.TaxBehavior | undefined;
}

export function createPrice(input: PriceInput): Stripe.Price {
  return {
    id: createId("price"),
    object: "price",
    active: input.active,
    billing_scheme: "per_unit",
    created: Math.floor(Date.now() / 1000),
    currency: input.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: input.lookupKey ?? null,
    metadata: cleanMetadata(input.metadata),
    nickname: input.nickname ?? null,
    product: input.productId,
    recurring: null,
    tax_behavior: input.taxBehavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: "one_time",
    unit_amount: input.unitAmount,
    unit_amount_decimal: Stripe.Decimal.from(input.unitAmount),
  };
}

function changedBehavior({ tax_behavior: standing }: Stripe.Price, wanted: string): string {
  if (standing === "unspecified" || standing === wanted) return wanted;
  throw invalidRequest("The `tax_behavior` of a price cannot be changed once it is set.", {
    param: "tax_behavior",
  });
}

/** What a price asks for never changes; whether it can be sold does. */
export function updatePrice(price: Stripe.Price, wanted: Stripe.PriceUpdateParams): Stripe.Price {
  return {
    ...price,
    ...(wanted.active !== undefined && { active: wanted.active }),
    ...(wanted.nickname !== undefined && { nickname: wanted.nickname || null }),
    ...(wanted.lookup_key !== undefined && { lookup_key: wanted.lookup_key || null }),
    ...(wanted.tax_behavior !== undefined && { tax_behavior: changedBehavior(price, wanted.tax_behavior) }),
    metadata: cleanMetadata(wanted.metadata, price.metadata),
  };
}
