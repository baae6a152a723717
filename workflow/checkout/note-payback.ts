/** Notices that money went back, or is disputed. It decides nothing: what follows from it is for a person to say. */
import type { PaymentNotice } from "../payment-notice.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { PurchaseStore, SettledIds } from "../ports/stores.ts";

export interface NotePaybackPorts {
  payments: Pick<PaymentProvider, "findCheckoutByPayment">;
  purchases: Pick<PurchaseStore, "findPurchase" | "noteRefund" | "noteDispute">;
}

/** `known`: noted before, or decided already. `ignored`: the payment was not made with a checkout of ours. */
export type PaybackOutcome = "refund-noted" | "dispute-noted" | "known" | "ignored";

export async function notePayback(
  { paymentIntentId, amountRefunded, disputeStatus, occurredAt: at }: PaymentNotice,
  { payments, purchases }: NotePaybackPorts,
): Promise<PaybackOutcome> {
  const session = await payments.findCheckoutByPayment(paymentIntentId);
  if (!session?.userId || !session.courseId) return "ignored";
  const { userId, courseId, checkoutSessionId } = session;
  const ids = await followTransfers({ userId, courseId, checkoutSessionId }, purchases);
  if (disputeStatus) {
    return (await purchases.noteDispute(ids, { status: disputeStatus, at })) ? "dispute-noted" : "known";
  }
  const amount = amountRefunded ?? 0;
  // Of what cost nothing, nothing can go back.
  const isFull = amount > 0 && amount >= (session.amountTotal ?? session.amountSubtotal ?? 0);
  return (await purchases.noteRefund(ids, { amount, isFull, at })) ? "refund-noted" : "known";
}

/** The payment provider knows who paid; who has the place now is in the decisions. */
async function followTransfers(
  ids: SettledIds,
  purchases: NotePaybackPorts["purchases"],
): Promise<SettledIds> {
  const purchase = await purchases.findPurchase(ids.userId, ids.checkoutSessionId);
  const to = purchase?.decision?.to;
  if (to) return followTransfers({ ...ids, userId: to }, purchases);
  // What was erased goes by another name.
  return { ...ids, userId: purchase?.userId ?? ids.userId };
}
