/** Stripe's events about refunds and disputes as payment notices. */
import type { Stripe } from "stripe";
import { NOTICE_EVENT_TYPES, type PaymentNotice, paymentNoticeSchema } from "#workflow/payment-notice.ts";
import { idOf, toInstant } from "./payment-event.ts";

export type NoticeEvent = Extract<Stripe.Event, { type: (typeof NOTICE_EVENT_TYPES)[number] }>;

export function isNotice(event: Stripe.Event): event is NoticeEvent {
  return (NOTICE_EVENT_TYPES as readonly string[]).includes(event.type);
}

/** Stripe dates by the second, in which a dispute may open and close: what comes later in it is dated later here, in seconds. */
const LATER_IN_SECOND: Partial<Record<NoticeEvent["type"], number>> = {
  "charge.dispute.updated": 0.25,
  "charge.dispute.closed": 0.5,
};

/** @returns undefined when the event does not carry a charge or dispute of a payment, as it should */
export function eventToNotice(event: NoticeEvent): PaymentNotice | undefined {
  const subject = event.data?.object as Stripe.Charge | Stripe.Dispute | undefined;
  const result = paymentNoticeSchema.safeParse({
    noticeId: event.id,
    noticeType: event.type,
    occurredAt: toInstant(event.created + (LATER_IN_SECOND[event.type] ?? 0)),
    livemode: event.livemode ?? false,
    paymentIntentId: idOf(subject?.payment_intent),
    amountRefunded: subject?.object === "charge" ? subject.amount_refunded : null,
    disputeStatus: subject?.object === "dispute" ? subject.status : null,
  });
  return result.success ? result.data : undefined;
}

/** A charge bears its payment's metadata; a dispute bears none, and whose it is takes a look at Stripe. */
export function metadataOf(event: NoticeEvent): Stripe.Metadata | undefined {
  return event.type === "charge.refunded" ? event.data?.object?.metadata : undefined;
}
