/** Opens the checkout of a course: what came of asking for a place in it. */
import type { Stripe } from "@stripe/stripe-js";
import type { Course } from "#workflow/model.ts";
import { enroll } from "./api.ts";
import { type ApiError, noPaymentForm, toApiError } from "./api-error.ts";
import { loadConfig } from "./config.ts";
import { loadCheckoutForm } from "./stripe.ts";

export type Checkout =
  | { outcome: "payable"; clientSecret: string; checkoutSessionId: string; stripe: Stripe }
  | { outcome: "already-enrolled" }
  | { outcome: "payment-in-progress"; checkoutSessionId: string }
  | { outcome: "not-for-sale" }
  | { outcome: "failed"; problem: ApiError };

const underWay = new Map<string, Promise<Checkout>>();

/**
 * Asks the API and loads Stripe.js side by side. Whoever leaves and comes back meanwhile shares the answer, so that no
 * request is still on its way when the student has paid. Never rejects: a failure is an outcome too.
 */
export function openCheckout({ courseId }: Course): Promise<Checkout> {
  const opening = underWay.get(courseId) ?? open(courseId).finally(() => underWay.delete(courseId));
  underWay.set(courseId, opening);
  return opening;
}

async function open(courseId: string): Promise<Checkout> {
  try {
    const [answer, stripe] = await Promise.all([enroll(courseId), loadStripeForm()]);
    if (answer.status === "active") return { outcome: "already-enrolled" };
    return { outcome: "payable", ...answer, stripe };
  } catch (error) {
    return readRefusal(toApiError(error));
  }
}

function readRefusal(problem: ApiError): Checkout {
  const { code, checkoutSessionId } = problem;
  if (code === "course_not_for_sale") return { outcome: "not-for-sale" };
  return code === "payment_in_progress" && checkoutSessionId
    ? { outcome: "payment-in-progress", checkoutSessionId }
    : { outcome: "failed", problem };
}

async function loadStripeForm(): Promise<Stripe> {
  const { stripePublishableKey, stripeJsUrl } = await loadConfig();
  return loadCheckoutForm(stripePublishableKey, stripeJsUrl).catch(() => {
    throw noPaymentForm();
  });
}
