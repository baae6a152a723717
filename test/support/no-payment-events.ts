/** What an execution can be started with by hand and is no payment event. */
import { paymentEvent } from "./payment-events.ts";

const { courseId: _left, ...withoutCourse } = paymentEvent();

export const NO_PAYMENT_EVENTS: [[string, unknown], ...[string, unknown][]] = [
  ["{}", {}],
  ["a list", []],
  ["a list of events", [paymentEvent()]],
  ["a text", "x"],
  ["a number", 5],
  ["true", true],
  ["null", null],
  ["an id that is a number", { eventId: 5 }],
  ["ids that are no texts", paymentEvent({ eventId: 5, userId: {}, courseId: [] } as never)],
  ["a field missing", withoutCourse],
  ["ids that are null", paymentEvent({ eventId: null, checkoutSessionId: null } as never)],
];
