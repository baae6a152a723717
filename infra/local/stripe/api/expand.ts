/** Replaces ids in an answer by the objects they stand for, as `expand[]` asks. */
import type Stripe from "stripe";
import { invalidRequest } from "../errors.ts";
import type { CheckoutRecord, Records } from "../store/records.ts";

/**
 * @param paths e.g. `payment_intent.latest_charge`, or `data.customer` for a list
 * @throws StripeApiError 400 for what cannot be expanded
 */
export async function expand<Body>(body: Body, paths: string[] | undefined, records: Records): Promise<Body> {
  let expanded: unknown = body;
  for (const path of paths ?? []) expanded = await expandPath(expanded, path.split("."), path, records);
  return expanded as Body;
}

async function expandPath(value: unknown, parts: string[], path: string, records: Records): Promise<unknown> {
  const [name, ...rest] = parts;
  if (name === undefined || value === null) return value;
  if (Array.isArray(value)) {
    return Promise.all(value.map((element) => expandPath(element, parts, path, records)));
  }
  const owner = value as Record<string, unknown>;
  const current = owner[name];
  const next = typeof current === "string" ? await findById(current, records) : current;
  if (next === undefined || (typeof next !== "object" && rest.length > 0)) {
    throw invalidRequest(`This property cannot be expanded (${path}).`, { param: "expand" });
  }
  return { ...owner, [name]: await expandPath(next, rest, path, records) };
}

function findById(id: string, records: Records): Promise<object | undefined> {
  const collections = {
    ch: records.charges,
    cus: records.customers,
    pi: records.paymentIntents,
    price: records.prices,
    prod: records.products,
  };
  const prefix = id.split("_")[0] as keyof typeof collections;
  return collections[prefix]?.find(id) ?? Promise.resolve(undefined);
}

/** A checkout session as the API shows it: the client secret while it is open, the line items when asked for. */
export function presentCheckout(record: CheckoutRecord, paths: string[] = []): Stripe.Checkout.Session {
  const { clientSecret, lineItems, session } = record;
  const wantsLineItems = paths.some((path) => path.split(".").includes("line_items"));
  return {
    ...session,
    client_secret: session.status === "open" ? clientSecret : null,
    ...(wantsLineItems && {
      line_items: {
        object: "list" as const,
        data: lineItems,
        has_more: false,
        url: `/v1/checkout/sessions/${record.id}/line_items`,
      },
    }),
  };
}
