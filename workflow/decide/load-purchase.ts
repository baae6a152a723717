/** The purchase that a person wants to decide about, with what the payment provider knows of it. */
import type { PaymentProvider } from "../ports/payments.ts";
import type { PurchaseStore } from "../ports/stores.ts";
import type { Purchase } from "../purchase.ts";

export interface LoadPurchasePorts {
  purchases: Pick<PurchaseStore, "findPurchase" | "noteSettlement" | "openPurchase">;
  payments: Pick<PaymentProvider, "findCheckout">;
  now: () => Date;
}

/**
 * One that was opened elsewhere, or by an older version, becomes a purchase without a quote: a decision needs something to
 * stand on.
 * @param owner whose it is; who paid, unless it was moved to somebody else
 * @returns undefined when nobody knows such a checkout session as ours
 */
export async function loadPurchase(
  checkoutSessionId: string,
  owner: string | undefined,
  ports: LoadPurchasePorts,
): Promise<Purchase | undefined> {
  const { purchases, payments, now } = ports;
  const standing = owner ? await purchases.findPurchase(owner, checkoutSessionId) : undefined;
  if (standing?.decision?.to) return loadPurchase(checkoutSessionId, standing.decision.to, ports);
  if (standing?.settlement) return standing;
  const session = await payments.findCheckout(checkoutSessionId);
  if (!session?.userId || !session.courseId) return standing;
  const { userId, courseId, settlement } = session;
  if (!owner) return loadPurchase(checkoutSessionId, userId, ports);
  const ids = { userId: owner, courseId, checkoutSessionId };
  if (settlement) return purchases.noteSettlement(ids, settlement, now().toISOString());
  await purchases.openPurchase(ids);
  return standing ?? ids;
}
