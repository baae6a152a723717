/** What was paid against what was delivered: a settled session, and a session that is still open. */
import { type Enrollment, isCourseId } from "../model.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { CheckoutSession, PaymentProvider } from "../ports/payments.ts";
import type { EnrollmentStore, OpenCheckoutStore, PurchaseStore } from "../ports/stores.ts";
import { isNotOwed } from "../purchase.ts";
import { type Drift, eventDrift } from "./drift.ts";

interface AgainstEnrollmentsPorts {
  enrollments: Pick<EnrollmentStore, "findEnrollment">;
  openCheckouts: Pick<OpenCheckoutStore, "findOpenCheckout">;
  payments: Pick<PaymentProvider, "findCheckout">;
  purchases: Pick<PurchaseStore, "findPurchase">;
}

/** @param enrollment in the course that was paid for, by another session or by none */
export async function compareWithEnrollment(
  settlement: PaymentEvent,
  enrollment: Enrollment | undefined,
  { purchases }: Pick<AgainstEnrollmentsPorts, "purchases">,
): Promise<Drift | undefined> {
  const { userId, checkoutSessionId } = settlement;
  const purchase = userId ? await purchases.findPurchase(userId, checkoutSessionId) : undefined;
  if (isNotOwed(purchase)) return undefined;
  const kind = enrollment ? "paid-twice" : "paid-not-enrolled";
  // One that has failed is known from the purchase, however old it is.
  if (purchase?.needsAttention) return failedDrift(kind, settlement, purchase.needsAttention);
  return { ...eventDrift(kind, settlement), ...(purchase && { purchase }) };
}

/** Named as the execution was, without the number of a fresh start, so that it is that one which is redriven. */
export function failedDrift(
  kind: "paid-not-enrolled" | "paid-twice",
  settlement: PaymentEvent,
  executionName: string,
): Drift {
  const event = { ...settlement, eventId: executionName.replace(/-r\d$/, "") };
  return { ...eventDrift(kind, event), executionName, executionStatus: "failed" };
}

export async function findStillPayable(
  { userId, courseId, checkoutSessionId, createdAt = "" }: CheckoutSession,
  { enrollments, payments }: Pick<AgainstEnrollmentsPorts, "enrollments" | "payments">,
): Promise<Drift | undefined> {
  if (!userId || !isCourseId(courseId)) return undefined;
  if (!(await enrollments.findEnrollment(userId, courseId))) return undefined;
  if ((await payments.findCheckout(checkoutSessionId))?.status !== "open") return undefined;
  return { kind: "still-payable", checkoutSessionId, userId, courseId, since: createdAt };
}

/** The same for a session that was opened before the period, and the course became the student's in it. */
export async function findPayableBeside(
  { userId, courseId, stripeSessionId, enrolledAt }: Enrollment,
  { openCheckouts, payments }: Pick<AgainstEnrollmentsPorts, "openCheckouts" | "payments">,
): Promise<Drift | undefined> {
  const open = await openCheckouts.findOpenCheckout(userId, courseId);
  const checkoutSessionId = open?.closedAt ? undefined : open?.checkoutSessionId;
  if (!checkoutSessionId || checkoutSessionId === stripeSessionId) return undefined;
  if ((await payments.findCheckout(checkoutSessionId))?.status !== "open") return undefined;
  return { kind: "still-payable", checkoutSessionId, userId, courseId, since: enrolledAt };
}
