/** Verifies Stripe's webhook events and turns the ones about fulfilment into payment events. */
import { Stripe } from "stripe";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import { InvalidSignature, type PaymentEventReader } from "#workflow/ports.ts";
import type { StripeSecretReader } from "../secrets.ts";
import { eventToPaymentEvent, isFulfilment } from "./payment-event.ts";

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
      return readEvent(event);
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
function readEvent(event: Stripe.Event): PaymentEvent | undefined {
  if (typeof event?.type !== "string") throw new InvalidSignature("the body is signed but is not an event");
  if (!isFulfilment(event)) return undefined;
  const paymentEvent = eventToPaymentEvent(event);
  if (!paymentEvent) throw new InvalidSignature("the event is signed but is not a checkout session event");
  return paymentEvent;
}
