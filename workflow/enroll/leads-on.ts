/** Whether whoever has an open checkout gets on by asking for the place again: what `enroll` answers then, without asking anybody. */
import type { Course } from "../model.ts";
import { type Purchase, quoteOf } from "../purchase.ts";

/**
 * A course that is offered is had at its price of today, or for nothing. One that is not is still had by whoever was quoted the
 * price that it has.
 * @param course undefined: it was deleted
 */
export function leadsOn(purchase: Purchase, course: Course | undefined): boolean {
  if (course?.status !== "retired") return course !== undefined;
  const quote = quoteOf(purchase);
  return (
    course.pricingModel === "paid" &&
    quote?.unitAmount === course.unitAmount &&
    quote.currency === course.currency
  );
}
