/** Stripe's listings: newest first, a page at a time, found again by the id at its edge. */
import type Stripe from "stripe";
import { invalidRequest, resourceMissing } from "../errors.ts";
import type { Collection, Created, Entity, Query } from "../store/collection.ts";

interface PagingParameters extends Stripe.PaginationParams {
  created?: Created;
}

const DEFAULT_LIMIT = 10;
const HIGHEST_LIMIT = 100;

export async function listPage<T extends Entity>(
  collection: Collection<T>,
  noun: string,
  url: string,
  parameters: PagingParameters,
  filters: Pick<Query<T>, "where" | "matches"> = {},
): Promise<Stripe.ApiList<T>> {
  const {
    created,
    ending_before: endingBefore,
    limit = DEFAULT_LIMIT,
    starting_after: startingAfter,
  } = parameters;
  if (limit < 1 || limit > HIGHEST_LIMIT) {
    throw invalidRequest(`This value must be between 1 and ${HIGHEST_LIMIT} (it currently is '${limit}').`, {
      code: "parameter_invalid_integer",
      param: "limit",
    });
  }
  for (const [param, id] of Object.entries({ ending_before: endingBefore, starting_after: startingAfter })) {
    if (id !== undefined && !(await collection.find(id))) throw resourceMissing(noun, id, param);
  }
  const page = await collection.list({ ...filters, created, endingBefore, startingAfter, limit });
  return { object: "list", data: page.data, has_more: page.hasMore, url };
}
