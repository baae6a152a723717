/** Replaces ids in an answer by the objects they stand for, as `expand[]` asks. */
import { presentCustomer } from "../customer.ts";
import { invalidRequest } from "../errors.ts";
import type { Records } from "../store/records.ts";

type Find = (id: string) => Promise<object | undefined>;

/**
 * @param paths e.g. `payment_intent.latest_charge`, or `data.customer` for a list
 * @param unsaved what the body stands for and the records do not have yet
 * @throws StripeApiError 400 for what cannot be expanded
 */
export async function expand<Body>(
  body: Body,
  paths: string[] | undefined,
  records: Records,
  unsaved: { id: string }[] = [],
): Promise<Body> {
  const find: Find = async (id) => unsaved.find((object) => object.id === id) ?? findById(id, records);
  let expanded: unknown = body;
  for (const path of paths ?? []) expanded = await expandPath(expanded, path.split("."), path, find);
  return expanded as Body;
}

async function expandPath(value: unknown, parts: string[], path: string, find: Find): Promise<unknown> {
  const [name, ...rest] = parts;
  if (name === undefined || value === null) return value;
  if (Array.isArray(value)) {
    return Promise.all(value.map((element) => expandPath(element, parts, path, find)));
  }
  const owner = value as Record<string, unknown>;
  const current = owner[name];
  const next = typeof current === "string" ? await find(current) : current;
  if (next === undefined || (typeof next !== "object" && rest.length > 0)) {
    throw invalidRequest(`This property cannot be expanded (${path}).`, { param: "expand" });
  }
  return { ...owner, [name]: await expandPath(next, rest, path, find) };
}

async function findById(id: string, records: Records): Promise<object | undefined> {
  const prefix = id.split("_")[0];
  if (prefix === "cus") {
    const customer = await records.customers.find(id);
    return customer && presentCustomer(customer);
  }
  const collections: Record<string, { find(id: string): Promise<object | undefined> } | undefined> = {
    ch: records.charges,
    in: records.invoices,
    pi: records.paymentIntents,
    price: records.prices,
    prod: records.products,
    promo: records.promotionCodes,
  };
  // A coupon's id is whatever its maker has chosen.
  return collections[prefix ?? ""]?.find(id) ?? records.coupons.find(id);
}
