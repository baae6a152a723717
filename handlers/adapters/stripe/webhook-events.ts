/** Verifies Stripe's webhook events and turns the ones about fulfilment into payment events. */
import { Stripe } from "stripe";
import { FULFILMENT_EVENT_TYPES, type PaymentEvent, paymentEventSchema } from "#workflow/payment-event.ts";
import { InvalidSignature, type PaymentEventReader } from "#workflow/ports.ts";
import type { StripeSecretReader } from "../secrets.ts";

export function createStripeEventReader(secrets: StripeSecretReader): PaymentEventReader {
  return {
    async readPaymentEvent(rawBody, headers) {
      const signature = headers["stripe-signature"];
      if (!signature) throw new InvalidSignature("the Stripe-Signature header is missing");
      const event =
        verify(rawBody, signature, await secrets.current()) ??
        verify(rawBody, signature, await secrets.refreshed());
      if (!event)
        throw new InvalidSignature("no current signing secret explains the signature, or it is too old");
      return toPaymentEvent(event);
    },
  };
}

/** Static verification: it needs no API key, and while a secret is rotated either of two may have signed. */
function verify(
  rawBody: Buffer,
  signature: string,
  { STRIPE_WEBHOOK_SECRET }: { STRIPE_WEBHOOK_SECRET: string[] },
): Stripe.Event | undefined {
  for (const secret of STRIPE_WEBHOOK_SECRET) {
    try {
      return Stripe.webhooks.constructEvent(rawBody, signature, secret);
    } catch {
      // Not this secret; the caller decides once all were tried.
    }
  }
  return undefined;
}

/** @returns undefined for events that are not about fulfilment */
function toPaymentEvent(event: Stripe.Event): PaymentEvent | undefined {
  if (typeof event?.type !== "string") throw new InvalidSignature("the body is signed but is not an event");
  if (!isFulfilment(event)) return undefined;
  const session = event.data?.object;
  const result = paymentEventSchema.safeParse({
    eventId: event.id,
    eventType: event.type,
    occurredAt: toInstant(event.created),
    livemode: event.livemode ?? false,
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
  });
  if (!result.success) throw new InvalidSignature("the event is signed but is not a checkout session event");
  return result.data;
}

type FulfilmentEvent = Extract<Stripe.Event, { type: (typeof FULFILMENT_EVENT_TYPES)[number] }>;

function isFulfilment(event: Stripe.Event): event is FulfilmentEvent {
  return (FULFILMENT_EVENT_TYPES as readonly string[]).includes(event.type);
}

/** Stripe's ids are either the id or, when expanded, the object that has it. */
function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === "object" ? (reference?.id ?? null) : (reference ?? null);
}

function toInstant(unixSeconds: unknown): string | undefined {
  const date = new Date(Number(unixSeconds) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
