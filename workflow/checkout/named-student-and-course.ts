/** Which student bought which course, when the checkout session says so without contradiction. */
import { InvalidSession } from "../errors.ts";
import type { PaymentEvent } from "../payment-event.ts";

/** @throws InvalidSession when an id is missing, or the reference and the metadata name different students */
export function namedStudentAndCourse(event: PaymentEvent): { userId: string; courseId: string } {
  const { userId, courseId, clientReferenceId, checkoutSessionId } = event;
  if (!userId || !courseId) {
    throw new InvalidSession(`session ${checkoutSessionId} lacks userId or courseId in its metadata`);
  }
  if (clientReferenceId !== userId) {
    throw new InvalidSession(
      `session ${checkoutSessionId} names student ${clientReferenceId} as its reference and ${userId} in its metadata`,
    );
  }
  return { userId, courseId };
}
