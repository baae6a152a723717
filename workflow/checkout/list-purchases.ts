/** A student's purchases as they stand, on whichever device they were made. */
import type { PurchaseSummary, Stage } from "../contract.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import type { Enrollment } from "../model.ts";
import type { CheckoutSession, PaymentProvider } from "../ports/payments.ts";
import type { EnrollmentStore, PurchaseStore, ReportUnreadable } from "../ports/stores.ts";
import { chargeOf, isPayer, orderNumberOf, type Purchase } from "../purchase.ts";
import { recordedStage, sessionStage } from "./stage.ts";

export interface ListPurchasesPorts {
  purchases: Pick<PurchaseStore, "listPurchases" | "noteSettlement" | "closePurchase">;
  enrollments: Pick<EnrollmentStore, "listEnrollments">;
  payments: Pick<PaymentProvider, "findCheckout">;
  now: () => Date;
  /** Told that the payment provider could not be asked; the purchase is listed with what is known of it. */
  onProviderAway: (error: unknown) => void;
}

/** @returns newest first */
export async function listPurchases(
  userId: string,
  ports: ListPurchasesPorts,
  report: ReportUnreadable,
): Promise<PurchaseSummary[]> {
  const [purchases, enrollments] = await Promise.all([
    ports.purchases.listPurchases(userId, report),
    ports.enrollments.listEnrollments(userId, report),
  ]);
  const byCourse = new Map(enrollments.map((enrollment) => [enrollment.courseId, enrollment]));
  const summaries = await mapConcurrently(
    purchases,
    (purchase) => summarise(purchase, byCourse.get(purchase.courseId), ports),
    report,
  );
  return summaries.toSorted((one, other) => (other.openedAt ?? "").localeCompare(one.openedAt ?? ""));
}

async function summarise(
  purchase: Purchase,
  enrollment: Enrollment | undefined,
  ports: ListPurchasesPorts,
): Promise<PurchaseSummary> {
  const hasFailed = Boolean(purchase.needsAttention);
  const recorded = recordedStage(purchase, enrollment, hasFailed);
  const isComplete = purchase.settlement ?? (recorded && recorded !== "enrolled");
  if (recorded && isComplete) return toSummary(purchase, recorded);
  try {
    return await ask(purchase, enrollment, ports);
  } catch (error) {
    ports.onProviderAway(error);
    return toSummary(purchase, recorded ?? likelyStage(purchase, ports.now()));
  }
}

/** Once: what can never change again is remembered, so that nobody asks for it twice. */
async function ask(
  purchase: Purchase,
  enrollment: Enrollment | undefined,
  { payments, purchases, now }: ListPurchasesPorts,
): Promise<PurchaseSummary> {
  const session = await payments.findCheckout(purchase.checkoutSessionId);
  if (!session) return toSummary(purchase, recordedStage(purchase, enrollment, false) ?? "expired");
  if (session.settlement) {
    const settled = await purchases.noteSettlement(purchase, session.settlement, now().toISOString());
    return toSummary(settled, recordedStage(settled, enrollment, false) ?? "paid");
  }
  if (isOver(session)) await purchases.closePurchase(purchase, now().toISOString());
  return toSummary(purchase, sessionStage(session, enrollment));
}

const isOver = ({ status, paymentFailed }: CheckoutSession) => status === "expired" || paymentFailed;

/** Past its end an unpaid session is expired, so what is not known to be expired is a debit under way. */
const likelyStage = ({ expiresAt = "" }: Purchase, now: Date): Stage =>
  Date.parse(expiresAt) > now.getTime() ? "open" : "processing";

function toSummary(purchase: Purchase, stage: Stage): PurchaseSummary {
  const { checkoutSessionId, courseId, courseName, unitAmount, currency, openedAt } = purchase;
  const { settlement, settledSeenAt, refunded } = purchase;
  return {
    checkoutSessionId,
    courseId,
    courseName: courseName ?? courseId,
    unitAmount: unitAmount ?? settlement?.amountSubtotal ?? null,
    currency: currency ?? settlement?.currency ?? null,
    orderNumber: orderNumberOf(checkoutSessionId),
    openedAt: openedAt ?? settledSeenAt ?? null,
    ...chargeOf(purchase),
    ...(refunded && isPayer(purchase) && { amountRefunded: refunded.amount }),
    stage,
  };
}
