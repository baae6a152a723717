/** Makes the student's open checkout for a course unpayable once the course is theirs by another way. */
import type { PaymentProvider } from "../ports/payments.ts";
import type { OpenCheckoutStore } from "../ports/stores.ts";

export interface ExpireOtherPorts {
  openCheckouts: Pick<OpenCheckoutStore, "findOpenCheckout">;
  payments: Pick<PaymentProvider, "expireCheckout">;
}

/**
 * Ordinarily the open checkout is the paid one, and nobody is asked. Enrolling looks for an enrollment after it has
 * recorded a new checkout, and this looks for a checkout after the enrollment was written: one of them sees the other.
 *
 * @param paid the student and the course, and the checkout session that has brought the enrollment, if one has
 */
export async function expireOtherCheckout(
  paid: { userId: string; courseId: string; checkoutSessionId?: string },
  { openCheckouts, payments }: ExpireOtherPorts,
): Promise<void> {
  const open = await openCheckouts.findOpenCheckout(paid.userId, paid.courseId);
  if (!open?.checkoutSessionId || open.closedAt) return;
  if (open.checkoutSessionId === paid.checkoutSessionId) return;
  await payments.expireCheckout(open.checkoutSessionId);
}
