/** What was paid against what was delivered: each settled session, each session that is still open. */
import { type Enrollment, isCourseId } from "../model.ts";
import { isSettled, type PaymentEvent } from "../payment-event.ts";
import type { ExecutionStatus } from "../ports/executions.ts";
import type { CheckoutSession, PaymentProvider } from "../ports/payments.ts";
import type { EnrollmentStore, OpenCheckoutStore, PurchaseStore } from "../ports/stores.ts";
import { isNotOwed } from "../purchase.ts";
import { type Drift, eventDrift } from "./drift.ts";

interface AgainstEnrollmentsPorts {
  enrollments: Pick<EnrollmentStore, "findEnrollment">;
  openCheckouts: Pick<OpenCheckoutStore, "findOpenCheckout">;
  payments: Pick<PaymentProvider, "findCheckout">;
  purchases: Pick<PurchaseStore, "findPurchase" | "noteFailure">;
  now: () => Date;
}

/** One event per settled session; the provider's own where it is known, since its execution is named after it. */
export function settlementsBySession(
  events: PaymentEvent[],
  sessions: CheckoutSession[],
): Map<string, PaymentEvent> {
  const settled = [...sessions.flatMap(({ settlement }) => settlement ?? []), ...events.filter(isSettled)];
  return new Map(settled.map((event) => [event.checkoutSessionId, event]));
}

export async function compareWithEnrollment(
  settlement: PaymentEvent,
  events: PaymentEvent[],
  executions: Map<string, ExecutionStatus>,
  { enrollments, purchases, now }: AgainstEnrollmentsPorts,
): Promise<Drift | undefined> {
  const { userId, courseId, checkoutSessionId } = settlement;
  const enrollment =
    userId && isCourseId(courseId) ? await enrollments.findEnrollment(userId, courseId) : undefined;
  if (enrollment?.stripeSessionId === checkoutSessionId) return undefined;
  const purchase = userId ? await purchases.findPurchase(userId, checkoutSessionId) : undefined;
  if (isNotOwed(purchase)) return undefined;

  // Several events may tell of one settlement, and the return page starts one by the session's own name.
  const ofSession = events.filter(
    (event) => event.checkoutSessionId === checkoutSessionId && isSettled(event),
  );
  const candidates = [settlement, ...ofSession, { ...settlement, eventId: checkoutSessionId }];
  const standing = candidates.find(({ eventId }) => executions.has(eventId));
  const status = standing && executions.get(standing.eventId);
  if (status === "running") return undefined;
  const kind = enrollment ? "paid-twice" : "paid-not-enrolled";
  // One that has failed is known from the purchase, also when it is too old for the list.
  if (purchase?.needsAttention) return failedDrift(kind, settlement, purchase.needsAttention);
  if (standing && status === "failed" && userId && courseId) {
    // It could not note itself; this period is looked at once, and the purchase must be found after it.
    const failure = { executionName: standing.eventId, isFinal: true };
    await purchases.noteFailure(
      { userId, courseId, checkoutSessionId },
      settlement,
      failure,
      now().toISOString(),
    );
  }
  return {
    ...eventDrift(kind, standing ?? settlement),
    ...(standing && status && { executionName: standing.eventId, executionStatus: status }),
  };
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
  { status, userId, courseId, checkoutSessionId, createdAt = "" }: CheckoutSession,
  { enrollments }: Pick<AgainstEnrollmentsPorts, "enrollments">,
): Promise<Drift | undefined> {
  if (status !== "open" || !userId || !isCourseId(courseId)) return undefined;
  if (!(await enrollments.findEnrollment(userId, courseId))) return undefined;
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
