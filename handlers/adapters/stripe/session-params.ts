/** What is asked of Stripe for one checkout, and the key under which it is asked once. */
import { createHash } from "node:crypto";
import type { Stripe } from "stripe";
import type { CheckoutOptions } from "#handlers/checkout-options.ts";
import type { CheckoutRequest } from "#workflow/ports/payments.ts";
import { fit } from "./fit.ts";
import { spokenLocale } from "./locale.ts";
import { optionParams } from "./option-params.ts";

/** Of a value in metadata. A product's name may be longer, but one course has one name at Stripe. */
const LONGEST_NAME = 500;

export interface CheckoutPlace {
  /** Where checkout returns to, e.g. `https://courses.example.com`. */
  clientUrl: string;
  /** Marks what is ours, e.g. `bursar-staging`. */
  deploymentName: string;
  options: CheckoutOptions;
}

export function sessionParams(
  { student, course }: CheckoutRequest,
  { clientUrl, deploymentName, options }: CheckoutPlace,
): Stripe.Checkout.SessionCreateParams {
  const metadata = {
    deployment: deploymentName,
    userId: student.userId,
    courseId: course.courseId,
    courseName: fit(course.name, LONGEST_NAME),
  };
  return {
    mode: "payment",
    ui_mode: "embedded_page",
    return_url: new URL("/checkout/return?session_id={CHECKOUT_SESSION_ID}", clientUrl).href
      .replace("%7B", "{")
      .replace("%7D", "}"),
    line_items: [{ quantity: 1, ...priceOf(course, options) }],
    client_reference_id: student.userId,
    metadata,
    // Stripe does not copy a session's metadata to its payment, and refunds and disputes only know the payment.
    payment_intent_data: { metadata },
    ...optionParams(options, Boolean(student.stripeCustomerId), metadata),
    ...(student.locale !== undefined && { locale: spokenLocale(student.locale) }),
    ...(student.stripeCustomerId
      ? { customer: student.stripeCustomerId }
      : { customer_creation: "always", ...(student.email && { customer_email: student.email }) }),
  };
}

/**
 * Covers the whole request, so that another request is never taken for this one; and the course's price, which a request
 * by Stripe's price does not name: once the catalogue says another, the session of before must not come back.
 */
export function idempotencyKey(
  { student, course, attempt }: CheckoutRequest,
  params: Stripe.Checkout.SessionCreateParams,
): string {
  const request = JSON.stringify([params, course.unitAmount, course.currency]);
  const digest = createHash("sha256").update(request).digest("hex").slice(0, 32);
  return ["checkout", student.userId, course.courseId, attempt, digest].join("/");
}

/** A price that is kept at Stripe says there whether tax is in it. */
function priceOf(
  course: CheckoutRequest["course"],
  { tax }: CheckoutOptions,
): Stripe.Checkout.SessionCreateParams.LineItem {
  if (course.stripePriceId) return { price: course.stripePriceId };
  return {
    price_data: {
      currency: course.currency,
      unit_amount: course.unitAmount,
      ...(tax !== "off" && { tax_behavior: tax }),
      ...(course.stripeProductId
        ? { product: course.stripeProductId }
        : { product_data: { name: fit(course.name, LONGEST_NAME) } }),
    },
  };
}
