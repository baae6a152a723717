/** Bounds what a polling page costs at the payment provider: one question per checkout session and second, however many ask. */
import type { CheckoutSession, PaymentProvider } from "#workflow/ports/payments.ts";

type CheckoutFinder = Pick<PaymentProvider, "findCheckout">;

/** How long one answer serves everybody who asks, in this process. */
const FRESH_MS = 1_000;

export function createRecentCheckouts(payments: CheckoutFinder, now: () => Date): CheckoutFinder {
  /** In the order of asking. */
  const recent = new Map<string, { askedAt: number; checkout: Promise<CheckoutSession | undefined> }>();

  function forgetBefore(instant: number): void {
    for (const [id, { askedAt }] of recent) {
      if (askedAt > instant) return;
      recent.delete(id);
    }
  }

  return {
    findCheckout(checkoutSessionId) {
      const askedAt = now().getTime();
      forgetBefore(askedAt - FRESH_MS);
      const known = recent.get(checkoutSessionId);
      if (known) return known.checkout;
      const checkout = payments.findCheckout(checkoutSessionId);
      recent.set(checkoutSessionId, { askedAt, checkout });
      return checkout;
    },
  };
}
