/** Stripe's checkout session as the rules know one. */
import type { Stripe } from "stripe";
import * as z from "zod/mini";
import { isPaid, paymentStatusSchema } from "#workflow/payment-event.ts";
import type { CheckoutSession } from "#workflow/ports/payments.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";
import { sessionToPaymentEvent } from "./payment-event.ts";

/** Stripe may add statuses; one that the rules do not know must not pass for one that they do. */
const statusesSchema = z.object({
  status: z.enum(["open", "complete", "expired"]),
  payment_status: paymentStatusSchema,
});

/** @throws UnreadableRecord */
export function toCheckoutSession(session: Stripe.Checkout.Session): CheckoutSession {
  const statuses = statusesSchema.safeParse(session);
  if (!statuses.success) {
    throw new UnreadableRecord(
      session.id,
      `status ${session.status}, payment status ${session.payment_status}`,
    );
  }
  const { status, payment_status: paymentStatus } = statuses.data;
  const payment = typeof session.payment_intent === "object" ? session.payment_intent : undefined;
  return {
    checkoutSessionId: session.id,
    status,
    paymentStatus,
    paymentFailed:
      status === "complete" &&
      paymentStatus === "unpaid" &&
      (payment?.status === "requires_payment_method" || payment?.status === "canceled"),
    clientSecret: session.client_secret ?? undefined,
    userId: studentOf(session),
    courseId: session.metadata?.["courseId"],
    amountSubtotal: session.amount_subtotal ?? undefined,
    amountTotal: session.amount_total ?? undefined,
    currency: session.currency ?? undefined,
    ...(session.invoice_creation?.enabled && { isInvoiced: true }),
    createdAt: new Date(session.created * 1000).toISOString(),
    expiresAt: new Date(session.expires_at * 1000).toISOString(),
    settlement: status === "complete" && isPaid(paymentStatus) ? sessionToPaymentEvent(session) : undefined,
  };
}

/** As its event names the student, so that one session is one purchase. */
export function studentOf({ metadata, client_reference_id }: Stripe.Checkout.Session): string | undefined {
  return metadata?.["userId"] ?? client_reference_id ?? undefined;
}
