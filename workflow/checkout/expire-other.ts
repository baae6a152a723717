/** Makes the student's open checkout for a course unpayable once the course is theirs by another way. */
import type { PaymentProvider } from "../ports/payments.ts";
import type { OpenCheckoutStore } from "../ports/stores.ts";

export interface ExpireOtherPorts {
  openCheckouts: Pick<OpenCheckoutStore, "findOpenCheckout">;
  payments: Pick<PaymentProvider, "expireCheckout">;
}

/** A course that has become the student's, and the checkout session that has brought the enrollment, if one has. */
interface Delivered {
  userId: string;
  courseId: string;
  checkoutSessionId?: string;
}

/**
 * Ordinarily the open checkout is the paid one, and nobody is asked. Enrolling looks for an enrollment after it has
 * recorded a new checkout, and this looks for a checkout after the enrollment was written: one of them sees the other.
 */
export async function expireOtherCheckout(delivered: Delivered, ports: ExpireOtherPorts): Promise<void> {
  const other = await findOtherCheckout(delivered, ports);
  if (other) await ports.payments.expireCheckout(other);
}

/** @returns the id of another checkout session that may still be payable */
export async function findOtherCheckout(
  { userId, courseId, checkoutSessionId }: Delivered,
  { openCheckouts }: Pick<ExpireOtherPorts, "openCheckouts">,
): Promise<string | undefined> {
  const open = await openCheckouts.findOpenCheckout(userId, courseId);
  return open?.closedAt || open?.checkoutSessionId === checkoutSessionId
    ? undefined
    : open?.checkoutSessionId;
}
