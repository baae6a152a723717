/**
 * What an execution takes as input: the canonical form of a verified payment event.
 *
 * It holds ids, amounts and statuses only. Histories keep inputs for 90 days, so no e-mail, name or raw event enters
 * here; and StartExecution is idempotent only for an identical input, so nothing that differs between two deliveries
 * of one event may enter either.
 */
import * as z from "zod/mini";

export const FULFILMENT_EVENT_TYPES = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
] as const;

export const paymentStatusSchema = z.enum(["paid", "unpaid", "no_payment_required"]);
export type PaymentStatus = z.infer<typeof paymentStatusSchema>;

const id = z.string().check(z.minLength(1));
const maybeText = z.nullable(z.string());
const maybeAmount = z.nullable(z.int());

export const paymentEventSchema = z.object({
  /** Also the execution's name, so only what may be one: `evt_...`. */
  eventId: z.string().check(z.regex(/^[\w-]{1,80}$/)),
  eventType: z.enum(FULFILMENT_EVENT_TYPES),
  /** When the payment provider created the event. */
  occurredAt: z.iso.datetime(),
  livemode: z.boolean(),
  checkoutSessionId: id,
  paymentStatus: paymentStatusSchema,
  /** Before discounts and tax, in minor units of `currency`. */
  amountSubtotal: maybeAmount,
  /** What is charged in the end. */
  amountTotal: maybeAmount,
  /** What was taken off, and the tax, which is in the subtotal or on top of it; absent of what older versions stored. */
  amountDiscount: z.optional(z.int()),
  amountTax: z.optional(z.int()),
  currency: maybeText,
  /** The student as the checkout session names it: `client_reference_id`. */
  clientReferenceId: maybeText,
  /** The student and the course as the checkout session's metadata name them. */
  userId: maybeText,
  courseId: maybeText,
  customerId: maybeText,
  paymentIntentId: maybeText,
});
export type PaymentEvent = z.infer<typeof paymentEventSchema>;

/** True when there is nothing left to collect. */
export function isPaid(paymentStatus: PaymentStatus): boolean {
  return paymentStatus === "paid" || paymentStatus === "no_payment_required";
}

/**
 * True when the student is owed the course. An expired checkout that had nothing to pay says `no_payment_required`, too,
 * so the status counts only together with what has happened.
 */
export function isSettled({ eventType, paymentStatus }: PaymentEvent): boolean {
  const isOver =
    eventType === "checkout.session.expired" || eventType === "checkout.session.async_payment_failed";
  return !isOver && isPaid(paymentStatus);
}
