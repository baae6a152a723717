/** What Stripe's refusals to open a checkout session mean, by their codes. Source: docs.stripe.com/error-codes */
import type { Stripe } from "stripe";
import { CheckoutRefused } from "#workflow/ports/payments.ts";
import { isStripeError } from "./errors.ts";

/**
 * @returns what to throw instead; the error itself when asking for something else would not help
 */
export function explainRefusal(error: unknown): unknown {
  // Kept under the idempotency key, so this attempt can bring nothing else for a day.
  if (isStripeError(error, "StripeIdempotencyError")) return refused("answer", error);
  if (isStripeError(error, "StripeAPIError") && isUnusable(error.statusCode)) return refused("answer", error);
  if (!isStripeError(error, "StripeInvalidRequestError")) return error;
  if (error.param === "customer") return refused("customer", error);
  if (error.param === "customer_email" || error.code === "email_invalid") return refused("email", error);
  // What is left of a request is the course, its price, product, amount and name; and what the deployment wants of every
  // checkout and the account is not set up for. Neither can be bought like this, whoever asks.
  return refused("course", error);
}

/** 409: the same request of another tab is still under way there, and for longer than one waits. */
const isUnusable = (status = 0) => status >= 500 || status === 409;

/** By code and parameter only: Stripe's message may repeat an e-mail address. */
export function refused(
  reason: CheckoutRefused["reason"],
  { code, param, statusCode, requestId }: Stripe.errors.StripeError,
): CheckoutRefused {
  return new CheckoutRefused(reason, code ?? `status ${statusCode ?? "unknown"}`, param, requestId);
}
