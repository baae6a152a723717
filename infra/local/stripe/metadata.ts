/** Metadata as Stripe keeps it: every value is text, an empty value takes its key away, and there are limits. */
import type Stripe from "stripe";
import { invalidRequest } from "./errors.ts";

const MOST_KEYS = 50;
const LONGEST_KEY = 40;
const LONGEST_VALUE = 500;

/** @throws StripeApiError 400; Stripe names no parameter in these */
export function cleanMetadata(
  given: Stripe.Emptyable<Stripe.MetadataParam> | undefined,
  previous: Stripe.Metadata = {},
): Stripe.Metadata {
  if (given === undefined) return previous;
  // An empty value for the whole takes every key away.
  if (given === null || given === "") return {};
  const merged = Object.entries({ ...previous, ...given })
    .filter(([, value]) => value !== null && value !== "")
    .map(([key, value]): [string, string] => [key, String(value)]);
  for (const [key, value] of merged) checkLengths(key, value);
  if (merged.length > MOST_KEYS) {
    throw invalidRequest(`Metadata can have up to ${MOST_KEYS} keys, but there would be ${merged.length}.`);
  }
  return Object.fromEntries(merged);
}

function checkLengths(key: string, value: string): void {
  if (key.length > LONGEST_KEY) {
    throw invalidRequest(
      `Metadata keys can have up to ${LONGEST_KEY} characters, but you passed in a key that is ${key.length} characters. Invalid key: ${key}`,
    );
  }
  if (value.length > LONGEST_VALUE) {
    throw invalidRequest(
      `Metadata values can have up to ${LONGEST_VALUE} characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value}`,
    );
  }
}
