/** Metadata as Stripe keeps it: every value is text, and an empty value takes its key away. */
import type Stripe from "stripe";

export function cleanMetadata(
  given: Stripe.Emptyable<Stripe.MetadataParam> | undefined,
  previous: Stripe.Metadata = {},
): Stripe.Metadata {
  if (given === undefined) return previous;
  // An empty value for the whole takes every key away.
  if (given === null || given === "") return {};
  const merged = Object.entries({ ...previous, ...given });
  return Object.fromEntries(
    merged.filter(([, value]) => value !== null && value !== "").map(([key, value]) => [key, String(value)]),
  );
}
