/** Remembers the payment provider's customer, so that the student's next purchase reuses it. */

import { namedStudentAndCourse } from "../checkout/named-student-and-course.ts";
import { StudentNotFound } from "../errors.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { StudentStore } from "../ports/stores.ts";

/**
 * The first customer stays: payment methods and receipts are attached to it.
 * @throws StudentNotFound
 */
export async function linkCustomer(
  event: PaymentEvent,
  students: Pick<StudentStore, "linkCustomer">,
  now: () => Date,
): Promise<void> {
  if (!event.customerId) return;
  const { userId } = namedStudentAndCourse(event);
  const linked = await students.linkCustomer(userId, event.customerId, now().toISOString());
  if (!linked) throw new StudentNotFound(`student ${userId} does not exist`);
}
