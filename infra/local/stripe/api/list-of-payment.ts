/** What happened to a payment afterwards, listed by its charge or its payment intent. */
import type Stripe from "stripe";
import type { Collection, Entity } from "../store/collection.ts";
import type { Records } from "../store/records.ts";
import { expand } from "./expand.ts";
import { listPage } from "./paging.ts";

/** @param noun `dispute` or `refund` */
export async function listOfPayment<
  T extends Entity & Pick<Stripe.Dispute | Stripe.Refund, "charge" | "object">,
>(
  noun: string,
  collection: Collection<T>,
  parameters: Stripe.DisputeListParams | Stripe.RefundListParams,
  records: Records,
): Promise<Stripe.ApiList<T>> {
  const { charge, expand: paths, payment_intent } = parameters;
  const page = await listPage(collection, noun, `/v1/${noun}s`, parameters, {
    where: { payment_intent },
    matches: (one) => charge === undefined || one.charge === charge,
  });
  return expand(page, paths, records);
}
