/** What earlier versions remembered of a settled checkout; it is read once more and becomes a purchase without a quote. */
import * as z from "zod/mini";
import { paymentEventSchema } from "#workflow/payment-event.ts";
import type { Purchase } from "#workflow/purchase.ts";
import { readItem } from "./read-item.ts";
import { getItem, type Table } from "./table.ts";

const settledCheckoutSchema = z.object({
  userId: z.string(),
  courseId: z.string(),
  checkoutSessionId: z.string(),
  settlement: paymentEventSchema,
  settledSeenAt: z.iso.datetime(),
  followedUpAt: z.optional(z.iso.datetime()),
  needsAttention: z.optional(z.boolean()),
});

export async function readSettledCheckout(
  table: Table,
  userId: string,
  checkoutSessionId: string,
): Promise<Purchase | undefined> {
  const item = await getItem(table, { PK: `USER#${userId}`, SK: `SETTLED#${checkoutSessionId}` });
  if (!item) return undefined;
  const { needsAttention, ...purchase } = readItem(settledCheckoutSchema, item);
  return { ...purchase, ...(needsAttention && { needsAttention: purchase.settlement.eventId }) };
}
