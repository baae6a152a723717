/** A record by its id, or what Stripe answers when there is none. */
import { resourceMissing } from "./errors.ts";

/**
 * @param noun as Stripe's message calls it, e.g. `checkout.session`
 * @throws StripeApiError 404
 */
export async function findRecord<T>(
  noun: string,
  collection: { find(id: string): Promise<T | undefined> },
  id: string,
): Promise<T> {
  const found = await collection.find(id);
  if (!found) throw resourceMissing(noun, id);
  return found;
}
