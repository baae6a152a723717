/** Stripe as a payment provider: embedded checkout sessions in payment mode. */
import type { Stripe } from "stripe";
import * as z from "zod/mini";
import { isSettled, paymentStatusSchema } from "#workflow/payment-event.ts";
import type { CheckoutRequest, CheckoutSession, PaymentProvider } from "#workflow/ports/payments.ts";
import { isMissing, isStripeError } from "./errors.ts";
import { sessionToPaymentEvent } from "./payment-event.ts";

/** Stripe may add statuses; one that the rules do not know must not pass for one that they do. */
const statusSchema = z.enum(["open", "complete", "expired"]);

/** @param clientUrl where checkout returns to, e.g. `https://courses.example.com` */
export function createStripeCheckout(stripe: () => Promise<Stripe>, clientUrl: string): PaymentProvider {
  return {
    ...createStripeSessions(stripe),

    async openCheckout(request) {
      const { checkout } = await stripe();
      const session = await checkout.sessions.create(sessionParams(request, clientUrl), {
        idempotencyKey: request.idempotencyKey,
      });
      return toCheckoutSession(session);
    },
  };
}

/** What can be done with sessions that are there, for whoever opens none. */
export function createStripeSessions(
  stripe: () => Promise<Stripe>,
): Pick<PaymentProvider, "findCheckout" | "expireCheckout"> {
  async function findCheckout(checkoutSessionId: string): Promise<CheckoutSession | undefined> {
    const { checkout } = await stripe();
    try {
      const expand = ["payment_intent"];
      return toCheckoutSession(await checkout.sessions.retrieve(checkoutSessionId, { expand }));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  return {
    findCheckout,

    async expireCheckout(checkoutSessionId) {
      const { checkout } = await stripe();
      try {
        await checkout.sessions.expire(checkoutSessionId);
      } catch (error) {
        // Stripe has no code for what is no longer open, so it is asked: somebody was faster, which is what was wanted.
        if (!isStripeError(error, "StripeInvalidRequestError")) throw error;
        if ((await findCheckout(checkoutSessionId))?.status === "open") throw error;
      }
    },
  };
}

function sessionParams(
  { student, course }: CheckoutRequest,
  clientUrl: string,
): Stripe.Checkout.SessionCreateParams {
  const metadata = { userId: student.userId, courseId: course.courseId, courseName: course.name };
  return {
    mode: "payment",
    ui_mode: "embedded_page",
    return_url: new URL("/checkout/return?session_id={CHECKOUT_SESSION_ID}", clientUrl).href
      .replace("%7B", "{")
      .replace("%7D", "}"),
    line_items: [{ quantity: 1, ...priceOf(course) }],
    client_reference_id: student.userId,
    metadata,
    // Stripe does not copy a session's metadata to its payment, and refunds and disputes only know the payment.
    payment_intent_data: { metadata },
    ...(student.stripeCustomerId
      ? { customer: student.stripeCustomerId }
      : { customer_creation: "always", ...(student.email && { customer_email: student.email }) }),
  };
}

function priceOf(course: CheckoutRequest["course"]): Stripe.Checkout.SessionCreateParams.LineItem {
  if (course.stripePriceId) return { price: course.stripePriceId };
  return {
    price_data: {
      currency: course.currency,
      unit_amount: course.unitAmount,
      ...(course.stripeProductId
        ? { product: course.stripeProductId }
        : { product_data: { name: course.name } }),
    },
  };
}

export function toCheckoutSession(session: Stripe.Checkout.Session): CheckoutSession {
  const payment = typeof session.payment_intent === "object" ? session.payment_intent : undefined;
  const status = statusSchema.parse(session.status);
  const paymentStatus = paymentStatusSchema.parse(session.payment_status);
  return {
    checkoutSessionId: session.id,
    status,
    paymentStatus,
    paymentFailed:
      session.status === "complete" &&
      session.payment_status === "unpaid" &&
      (payment?.status === "requires_payment_method" || payment?.status === "canceled"),
    clientSecret: session.client_secret ?? undefined,
    userId: session.client_reference_id ?? undefined,
    courseId: session.metadata?.["courseId"],
    amountSubtotal: session.amount_subtotal ?? undefined,
    currency: session.currency ?? undefined,
    createdAt: new Date(session.created * 1000).toISOString(),
    expiresAt: new Date(session.expires_at * 1000).toISOString(),
    settlement:
      status === "complete" && isSettled(paymentStatus) ? sessionToPaymentEvent(session) : undefined,
  };
}
