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
  if (isStripeError(error, "StripeAPIError") && (error.statusCode ?? 0) >= 500)
    return refused("answer", error);
  if (!isStripeError(error, "StripeInvalidRequestError")) return error;
  if (error.param === "customer") return refused("customer", error);
  if (error.param === "customer_email" || error.code === "email_invalid") return refused("email", error);
  // What is left of a request is the course: its price, its product, its amount, its name.
  return refused("course", error);
}

/** By code and parameter only: Stripe's message may repeat an e-mail address. */
export function refused(
  reason: CheckoutRefused["reason"],
  { code, param, statusCode }: Stripe.errors.StripeError,
): CheckoutRefused {
  return new CheckoutRefused(reason, code ?? `status ${statusCode ?? "unknown"}`, param);
}
