/** What was delivered against what was paid and decided: each enrollment in a paid course. */
import type { Enrollment } from "../model.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { PurchaseStore } from "../ports/stores.ts";
import { isBarred } from "../purchase.ts";
import { type Drift, purchaseDrift } from "./drift.ts";

interface AgainstPaymentsPorts {
  payments: Pick<PaymentProvider, "findCheckout">;
  purchases: Pick<PurchaseStore, "findPurchase">;
}

/** @param isKnownSettled its session is, by what the payment provider has just told */
export async function compareWithPayment(
  { userId, courseId, enrolledAt, enrollmentType, stripeSessionId }: Enrollment,
  isKnownSettled: boolean,
  { payments, purchases }: AgainstPaymentsPorts,
): Promise<Drift | undefined> {
  if (enrollmentType !== "paid") return undefined;
  const checkoutSessionId = stripeSessionId ?? "none";
  const purchase = stripeSessionId ? await purchases.findPurchase(userId, stripeSessionId) : undefined;
  if (purchase && isBarred(purchase) && purchase.decision?.kind !== "erased")
    return purchaseDrift("decision-unfinished", purchase, enrolledAt);
  if (purchase?.settlement ?? purchase?.decision ?? isKnownSettled) return undefined;
  const session = stripeSessionId ? await payments.findCheckout(stripeSessionId) : undefined;
  if (session?.settlement) return undefined;
  return { kind: "enrolled-not-paid", checkoutSessionId, userId, courseId, since: enrolledAt };
}
