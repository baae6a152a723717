/** What is seen at the first glance to be as it should: of everything else it is looked closer at. */
import type { Enrollment } from "../model.ts";
import type { Delivery } from "../ports/stores.ts";
import { isBarred, isNotOwed } from "../purchase.ts";

interface OfSession {
  checkoutSessionId: string;
}

/** The student has the course by it, nobody has decided otherwise, and no other checkout of the course can be paid. */
export function isDelivered({ checkoutSessionId }: OfSession, delivery: Delivery): boolean {
  return (
    delivery.enrollment?.stripeSessionId === checkoutSessionId &&
    !isTakenBack(delivery) &&
    !isPayableBeside(delivery)
  );
}

export function isStillOwed({ checkoutSessionId }: OfSession, delivery: Delivery): boolean {
  if (delivery.enrollment?.stripeSessionId === checkoutSessionId)
    return isTakenBack(delivery) || isPayableBeside(delivery);
  return !isNotOwed(delivery.purchase);
}

/** Nothing can be paid with it, and nobody would open its form any more. */
export function isClosed(
  { checkoutSessionId }: OfSession,
  { purchase, openCheckout, enrollment }: Delivery,
): boolean {
  if (enrollment?.stripeSessionId === checkoutSessionId) return true;
  const isShown = openCheckout?.checkoutSessionId === checkoutSessionId && !openCheckout.closedAt;
  return purchase?.closedAt !== undefined && !isShown;
}

export function isPaidFor({ enrollmentType }: Enrollment, delivery: Delivery): boolean {
  if (isPayableBeside(delivery)) return false;
  if (enrollmentType !== "paid") return true;
  const { purchase } = delivery;
  return !isTakenBack(delivery) && Boolean(purchase?.settlement ?? purchase?.decision);
}

const isTakenBack = ({ purchase }: Delivery) => isBarred(purchase) && purchase?.decision?.kind !== "erased";

function isPayableBeside({ enrollment, openCheckout }: Delivery): boolean {
  return (
    openCheckout !== undefined &&
    !openCheckout.closedAt &&
    openCheckout.checkoutSessionId !== enrollment?.stripeSessionId
  );
}
