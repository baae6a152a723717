/** Stripe's errors by their names, so that telling them apart does not load the SDK. */
import type { Stripe } from "stripe";

export function isStripeError<Type extends Stripe.errors.StripeError["type"]>(
  error: unknown,
  type: Type,
): error is Stripe.errors.StripeError & { type: Type } {
  return error instanceof Error && "type" in error && error.type === type;
}

/** What Stripe says of an id that it does not know, or knows no more. */
export function isMissing(error: unknown): boolean {
  return isStripeError(error, "StripeInvalidRequestError") && error.code === "resource_missing";
}

/** @returns undefined when Stripe does not know the id that was asked for */
export async function unlessMissing<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
