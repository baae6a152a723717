/** Remembers the payment provider's customer, so that the student's next purchase reuses it. */

import { namedStudentAndCourse } from "../checkout/named-student-and-course.ts";
import { StudentNotFound } from "../errors.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { PurchaseStore, StudentStore } from "../ports/stores.ts";
import { isBarred } from "../purchase.ts";

interface LinkCustomerPorts {
  students: Pick<StudentStore, "linkCustomer">;
  purchases: Pick<PurchaseStore, "findPurchase">;
}

/**
 * The first customer stays: payment methods and receipts are attached to it.
 * @throws StudentNotFound
 */
export async function linkCustomer(
  event: PaymentEvent,
  { students, purchases }: LinkCustomerPorts,
  now: () => Date,
): Promise<void> {
  if (!event.customerId) return;
  const { userId } = namedStudentAndCourse(event);
  const linked = await students.linkCustomer(userId, event.customerId, now().toISOString());
  // One who was erased just now has no customer any more, and nothing is wrong.
  if (!linked && !isBarred(await purchases.findPurchase(userId, event.checkoutSessionId)))
    throw new StudentNotFound(`student ${userId} does not exist`);
}
