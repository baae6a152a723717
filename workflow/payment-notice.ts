/** News of money that goes back, from the payment provider: noticed and shown, never acted upon without a person. */
import * as z from "zod/mini";
import { FULFILMENT_EVENT_TYPES } from "./payment-event.ts";

export const NOTICE_EVENT_TYPES = [
  "charge.refunded",
  "charge.dispute.created",
  "charge.dispute.updated",
  "charge.dispute.closed",
] as const;

/** What the webhook asks the payment provider to deliver. */
export const WEBHOOK_EVENT_TYPES = [...FULFILMENT_EVENT_TYPES, ...NOTICE_EVENT_TYPES] as const;

/** Ids, amounts and statuses only, as in a payment event. */
export const paymentNoticeSchema = z.object({
  noticeId: z.string().check(z.minLength(1)),
  noticeType: z.enum(NOTICE_EVENT_TYPES),
  /** When the payment provider created the event. */
  occurredAt: z.iso.datetime(),
  livemode: z.boolean(),
  paymentIntentId: z.string().check(z.minLength(1)),
  /** Of a refund: all that went back so far, in minor units. */
  amountRefunded: z.nullable(z.int()),
  /** Of a dispute. */
  disputeStatus: z.nullable(z.string()),
});
export type PaymentNotice = z.infer<typeof paymentNoticeSchema>;
