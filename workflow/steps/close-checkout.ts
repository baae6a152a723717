/** Closes the student's open checkout once it can no longer be paid, so that the next one starts without a look at it. */
import { isCourseId } from "../model.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { OpenCheckoutStore, PurchaseStore } from "../ports/stores.ts";

export interface CloseCheckoutPorts {
  openCheckouts: Pick<OpenCheckoutStore, "closeOpenCheckout">;
  purchases: Pick<PurchaseStore, "closePurchase">;
  now: () => Date;
}

/** Nothing was paid, so ids that are missing or odd are nobody's trouble: such a session is not one of ours. */
export async function closeCheckout(
  { userId, courseId, checkoutSessionId }: PaymentEvent,
  { openCheckouts, purchases, now }: CloseCheckoutPorts,
): Promise<void> {
  if (!userId || !isCourseId(courseId)) return;
  const at = now().toISOString();
  await purchases.closePurchase({ userId, checkoutSessionId }, at);
  await openCheckouts.closeOpenCheckout({ userId, courseId, checkoutSessionId }, at);
}
