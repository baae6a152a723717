/** Bounds what a polling page costs at the payment provider: one look per session and second, however many ask. */
import type { CheckoutSession, PaymentProvider } from "#workflow/ports/payments.ts";

type CheckoutFinder = Pick<PaymentProvider, "findCheckout">;

/** Milliseconds that one look serves everybody who asks, in this process. */
const LOOK_IS_FRESH = 1_000;

export function createRecentCheckouts(payments: CheckoutFinder, now: () => Date): CheckoutFinder {
  /** In the order of asking. */
  const recent = new Map<string, { askedAt: number; session: Promise<CheckoutSession | undefined> }>();

  function forgetBefore(instant: number): void {
    for (const [id, { askedAt }] of recent) {
      if (askedAt > instant) return;
      recent.delete(id);
    }
  }

  return {
    findCheckout(checkoutSessionId) {
      const askedAt = now().getTime();
      forgetBefore(askedAt - LOOK_IS_FRESH);
      const known = recent.get(checkoutSessionId);
      if (known) return known.session;
      const session = payments.findCheckout(checkoutSessionId);
      recent.set(checkoutSessionId, { askedAt, session });
      return session;
    },
  };
}
