/** What was delivered against what was paid: each enrollment in a paid course. */
import type { Enrollment } from "../model.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { Drift } from "./drift.ts";

export async function findUnpaid(
  { userId, courseId, enrolledAt, enrollmentType, stripeSessionId }: Enrollment,
  settlements: Map<string, PaymentEvent>,
  payments: Pick<PaymentProvider, "findCheckout">,
): Promise<Drift | undefined> {
  if (enrollmentType !== "paid" || settlements.has(stripeSessionId ?? "")) return undefined;
  const session = stripeSessionId ? await payments.findCheckout(stripeSessionId) : undefined;
  if (session?.settlement) return undefined;
  const checkoutSessionId = stripeSessionId ?? "none";
  return { kind: "enrolled-not-paid", checkoutSessionId, userId, courseId, since: enrolledAt };
}
