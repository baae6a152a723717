/**
 * A purchase: what was agreed when its checkout session was opened, what has been seen of it since, and what a person has
 * decided about it. It is stored before the student is shown a form.
 */
import * as z from "zod/mini";
import { type PaymentEvent, paymentEventSchema } from "./payment-event.ts";

const instant = z.iso.datetime();
const nonEmpty = z.string().check(z.minLength(1));

/**
 * - `withdrawn`: the student no longer has the place, or never gets it
 * - `transferred`: another student has it instead
 * - `closed`: the dead letter is closed; nothing more will be delivered for this payment
 * - `waived`: all stays as it is, although something is odd: a refund out of goodwill, say
 * - `erased`: the student was erased; what was paid for and given is kept without them
 */
const decisionSchema = z.object({
  kind: z.enum(["withdrawn", "transferred", "closed", "waived", "erased"]),
  reason: nonEmpty,
  /** Who decided: a caller's identity, never an e-mail address of a student. */
  by: nonEmpty,
  at: instant,
  /** With `transferred`: the userId of the student who has the place now. */
  to: z.optional(nonEmpty),
});
export type Decision = z.infer<typeof decisionSchema>;

export const purchaseSchema = z.object({
  userId: nonEmpty,
  courseId: nonEmpty,
  checkoutSessionId: nonEmpty,
  /** The quote, in minor units of `currency`, lower case; absent for a session that was not opened here. */
  unitAmount: z.optional(z.int()),
  currency: z.optional(nonEmpty),
  courseName: z.optional(z.string()),
  /** The payment provider writes an invoice for it, instead of a receipt. */
  isInvoiced: z.optional(z.literal(true)),
  openedAt: z.optional(instant),
  expiresAt: z.optional(instant),
  /** Nothing can be paid with it any more. */
  closedAt: z.optional(instant),
  /** Once it is known to be settled: what an execution takes as input. */
  settlement: z.optional(paymentEventSchema),
  settledSeenAt: z.optional(instant),
  /** When the student's asking last made sure of an execution. */
  followedUpAt: z.optional(instant),
  /** The name of the execution of which a try has failed; others may follow. */
  failing: z.optional(nonEmpty),
  /** The name of the execution that has failed for good and waits for a person. */
  needsAttention: z.optional(nonEmpty),
  /** Since when it is known that it pays for what was the student's already. */
  doublePaymentSeenAt: z.optional(instant),
  /** What went back at the payment provider, in minor units of the purchase's currency. */
  refunded: z.optional(z.object({ amount: z.int(), isFull: z.boolean(), at: instant })),
  /** As the payment provider calls its state: `needs_response`, `won`, `lost`, ... */
  disputed: z.optional(z.object({ status: nonEmpty, at: instant })),
  decision: z.optional(decisionSchema),
});
export type Purchase = z.infer<typeof purchaseSchema>;

export type PurchaseKey = Pick<Purchase, "userId" | "checkoutSessionId">;

/** Minor units and their currency. */
export interface Quote {
  unitAmount: number;
  currency: string;
}

/** @returns what was agreed; undefined when nothing was, since the session was opened elsewhere or by an older version */
export function quoteOf({ unitAmount, currency }: Purchase): Quote | undefined {
  return unitAmount === undefined || currency === undefined ? undefined : { unitAmount, currency };
}

/** @returns what this student was charged, in minor units, and when that was learned; of both what is known */
export function chargeOf(purchase: Purchase) {
  if (!isPayer(purchase)) return {};
  const { settlement, settledSeenAt: settledAt, refunded, disputed } = purchase;
  const { amountTotal, currency, amountDiscount } = settlement ?? {};
  const document = documentOf(purchase);
  return {
    ...(typeof amountTotal === "number" && currency && { amountTotal, currency }),
    ...(amountDiscount && { amountDiscount }),
    ...(settlement && taxOf(settlement)),
    ...(settledAt && { settledAt }),
    ...(document && { document }),
    ...(refunded && { amountRefunded: refunded.amount }),
    ...(disputed && { dispute: disputeOf(disputed.status) }),
  };
}

/** As the student sees it, who has asked the bank for the money. */
function disputeOf(status: string): "open" | "granted" | "refused" {
  if (status === "lost") return "granted";
  return /^(won|prevented|warning_closed)$/.test(status) ? "refused" : "open";
}

/** What came on top of the price made the total higher; what is in the price did not. */
function taxOf({ amountSubtotal, amountDiscount = 0, amountTax, amountTotal }: PaymentEvent) {
  if (!amountTax || amountSubtotal === null || amountTotal === null) return {};
  return { amountTax, isTaxIncluded: amountTotal <= amountSubtotal - amountDiscount };
}

/** @returns undefined when the payment provider has neither: nothing is settled, or nothing was charged */
function documentOf({ settlement, isInvoiced }: Purchase): "receipt" | "invoice" | undefined {
  if (!settlement || settlement.amountTotal === 0) return undefined;
  return isInvoiced ? "invoice" : "receipt";
}

/** Whether a person has decided that this purchase gives its student no place. */
export function isBarred(purchase: Purchase | undefined): boolean {
  return purchase?.decision !== undefined && purchase.decision.kind !== "waived";
}

/** Whether it gives its student no place: decided so; or all of the money went back, and nobody has said that all stays. */
export function givesNoPlace(purchase: Purchase | undefined): boolean {
  return isNotOwed(purchase) && purchase?.decision?.kind !== "waived";
}

/** Whether the student is owed nothing although it was paid: decided so, or all of the money went back. */
export function isNotOwed(purchase: Purchase | undefined): boolean {
  return isBarred(purchase) || purchase?.refunded?.isFull === true;
}

/** Whether the payment is this student's own: one who was given the place must not see who paid for it, and how. */
export function isPayer({ userId, settlement }: Purchase): boolean {
  return !settlement || settlement.userId === userId;
}

/** Whether something was noticed that a person has not decided about yet. */
export function awaitsDecision({ refunded, disputed, needsAttention, decision }: Purchase): boolean {
  return !decision && Boolean(refunded ?? disputed ?? needsAttention);
}
