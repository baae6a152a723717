/** What was paid against what was delivered: each settled session, each session that is still open. */
import { isSettled, type PaymentEvent } from "../payment-event.ts";
import type { ExecutionStatus } from "../ports/executions.ts";
import type { CheckoutSession } from "../ports/payments.ts";
import type { EnrollmentStore } from "../ports/stores.ts";
import { type Drift, eventDrift } from "./drift.ts";

type EnrollmentFinder = Pick<EnrollmentStore, "findEnrollment">;

/** One event per settled session; the provider's own where it is known, since its execution is named after it. */
export function settlementsBySession(
  events: PaymentEvent[],
  sessions: CheckoutSession[],
): Map<string, PaymentEvent> {
  const settled = [
    ...sessions.flatMap(({ settlement }) => settlement ?? []),
    ...events.filter((event) => isSettled(event.paymentStatus)),
  ];
  return new Map(settled.map((event) => [event.checkoutSessionId, event]));
}

export async function compareWithEnrollment(
  settlement: PaymentEvent,
  events: PaymentEvent[],
  executions: Map<string, ExecutionStatus>,
  enrollments: EnrollmentFinder,
): Promise<Drift | undefined> {
  const { userId, courseId, checkoutSessionId } = settlement;
  const enrollment = userId && courseId ? await enrollments.findEnrollment(userId, courseId) : undefined;
  if (enrollment?.stripeSessionId === checkoutSessionId) return undefined;

  // Several events may tell of one settlement, and the return page starts one by the session's own name.
  const ofSession = events.filter(
    (event) => event.checkoutSessionId === checkoutSessionId && isSettled(event.paymentStatus),
  );
  const candidates = [settlement, ...ofSession, { ...settlement, eventId: checkoutSessionId }];
  const standing = candidates.find(({ eventId }) => executions.has(eventId));
  const status = standing && executions.get(standing.eventId);
  if (status === "running") return undefined;
  return {
    ...eventDrift(enrollment ? "paid-twice" : "paid-not-enrolled", standing ?? settlement),
    ...(standing && status && { executionName: standing.eventId, executionStatus: status }),
  };
}

export async function findStillPayable(
  { status, userId, courseId, checkoutSessionId, createdAt = "" }: CheckoutSession,
  enrollments: EnrollmentFinder,
): Promise<Drift | undefined> {
  if (status !== "open" || !userId || !courseId) return undefined;
  if (!(await enrollments.findEnrollment(userId, courseId))) return undefined;
  return { kind: "still-payable", checkoutSessionId, userId, courseId, since: createdAt };
}
