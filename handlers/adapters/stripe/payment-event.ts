/** Stripe's checkout session as a payment event: one translation for the webhook, the return page and the reconciliation. */
import type { Stripe } from "stripe";
import { FULFILMENT_EVENT_TYPES, type PaymentEvent, paymentEventSchema } from "#workflow/payment-event.ts";

type FulfilmentEvent = Extract<Stripe.Event, { type: (typeof FULFILMENT_EVENT_TYPES)[number] }>;

export function isFulfilment(event: Stripe.Event): event is FulfilmentEvent {
  return (FULFILMENT_EVENT_TYPES as readonly string[]).includes(event.type);
}

/** @returns undefined when the event does not carry a checkout session as it should */
export function eventToPaymentEvent(event: FulfilmentEvent): PaymentEvent | undefined {
  return toPaymentEvent(event.data?.object, {
    eventId: event.id,
    eventType: event.type,
    occurredAt: toInstant(event.created),
    livemode: event.livemode ?? false,
  });
}

/** For a session whose events did not arrive. Built from what does not change after the payment. */
export function sessionToPaymentEvent(session: Stripe.Checkout.Session): PaymentEvent | undefined {
  return toPaymentEvent(session, {
    eventId: session.id,
    eventType: "checkout.session.completed",
    occurredAt: toInstant(session.created),
    livemode: session.livemode,
  });
}

function toPaymentEvent(
  session: Stripe.Checkout.Session | undefined,
  occasion: Record<"eventId" | "eventType" | "occurredAt" | "livemode", unknown>,
): PaymentEvent | undefined {
  // What is spread comes last: an object that begins with it takes ten times as long to make, for every event.
  const result = paymentEventSchema.safeParse({
    checkoutSessionId: session?.id,
    paymentStatus: session?.payment_status,
    amountSubtotal: session?.amount_subtotal ?? null,
    amountTotal: session?.amount_total ?? null,
    currency: session?.currency ?? null,
    clientReferenceId: session?.client_reference_id ?? null,
    userId: session?.metadata?.["userId"] ?? null,
    courseId: session?.metadata?.["courseId"] ?? null,
    customerId: idOf(session?.customer),
    paymentIntentId: idOf(session?.payment_intent),
    ...(session?.total_details && detailsOf(session.total_details)),
    ...occasion,
  });
  return result.success ? result.data : undefined;
}

const detailsOf = ({ amount_discount, amount_tax }: Stripe.Checkout.Session.TotalDetails) => ({
  amountDiscount: amount_discount,
  amountTax: amount_tax,
});

/** Stripe's ids are either the id or, when expanded, the object that has it. */
export function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === "object" ? (reference?.id ?? null) : (reference ?? null);
}

export function toInstant(unixSeconds: unknown): string | undefined {
  const date = new Date(typeof unixSeconds === "number" ? unixSeconds * 1000 : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
