/**
 * What a student is told who follows a purchase; and when the webhook was lost, the student's asking is what starts the
 * execution instead.
 */
import type { CheckoutStatusAnswer } from "../contract.ts";
import { type LimitPorts, takeFromLimit } from "../limits.ts";
import type { Enrollment } from "../model.ts";
import { orderNumberOf } from "../order-number.ts";
import type { ExecutionFollowUp, ExecutionStatus } from "../ports/executions.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { EnrollmentStore, PurchaseStore } from "../ports/stores.ts";
import { chargeOf, isBarred, isNotOwed, type Purchase } from "../purchase.ts";
import { recordedStage, sessionStage } from "./stage.ts";

export interface FollowCheckoutPorts extends LimitPorts {
  payments: Pick<PaymentProvider, "findCheckout">;
  enrollments: Pick<EnrollmentStore, "findEnrollment">;
  purchases: Pick<PurchaseStore, "findPurchase" | "noteSettlement" | "claimFollowUp" | "noteFailure">;
  executions: ExecutionFollowUp;
}

/** Milliseconds that the webhook has before the student's asking makes sure of an execution, and between two such looks. */
export const PATIENCE_MS = 5_000;

/** @returns undefined when there is no such session, or it is another student's */
export async function followCheckout(
  userId: string,
  checkoutSessionId: string,
  ports: FollowCheckoutPorts,
): Promise<CheckoutStatusAnswer | undefined> {
  const purchase = await ports.purchases.findPurchase(userId, checkoutSessionId);
  // It was erased, and is nobody's to follow.
  if (purchase && purchase.userId !== userId) return undefined;
  if (purchase && (purchase.settlement || isBarred(purchase))) return followRecorded(purchase, ports);

  // Made up, for all that is known here.
  if (!purchase) await takeFromLimit(userId, "lookUps", ports);
  const session = await ports.payments.findCheckout(checkoutSessionId);
  if (session?.userId !== userId || !session.courseId) return undefined;
  const { courseId, settlement, status, paymentStatus } = session;
  if (settlement) {
    const ids = { userId, courseId, checkoutSessionId };
    const settled = await ports.purchases.noteSettlement(ids, settlement, ports.now().toISOString());
    return followRecorded(settled, ports);
  }
  // What the student can still pay has brought nothing yet; who goes on to the form is told if the course came another way.
  const isUnpaid = purchase !== undefined && status === "open";
  const enrollment = isUnpaid ? undefined : await ports.enrollments.findEnrollment(userId, courseId);
  const stage = sessionStage(session, enrollment);
  const orderNumber = orderNumberOf(checkoutSessionId);
  return { status, paymentStatus, courseId, enrolled: Boolean(enrollment), stage, orderNumber };
}

async function followRecorded(purchase: Purchase, ports: FollowCheckoutPorts): Promise<CheckoutStatusAnswer> {
  const { userId, courseId, checkoutSessionId, settlement } = purchase;
  const find = () => ports.enrollments.findEnrollment(userId, courseId);
  const isEnrolled = (found: Enrollment | undefined) => found?.stripeSessionId === checkoutSessionId;

  let enrollment = await find();
  let hasFailed = false;
  // Nobody is owed what was withdrawn or paid back, and an execution could only repeat what was decided.
  if (!isEnrolled(enrollment) && !isNotOwed(purchase)) {
    const status = await followUp(purchase, ports);
    // It may have come to its end since the enrollment was looked for.
    if (status === "succeeded") enrollment = await find();
    hasFailed = status === "failed" || (status === "succeeded" && !isEnrolled(enrollment));
  }
  return {
    status: "complete",
    paymentStatus: settlement?.paymentStatus ?? "unpaid",
    courseId,
    enrolled: Boolean(enrollment),
    stage: recordedStage(purchase, enrollment, hasFailed) ?? "paid",
    orderNumber: orderNumberOf(checkoutSessionId),
    ...chargeOf(purchase),
  };
}

/** At most one look every few seconds per session, however many ask: DescribeExecution's quota is 15 a second. */
async function followUp(purchase: Purchase, ports: FollowCheckoutPorts): Promise<ExecutionStatus> {
  const { settlement, settledSeenAt = "", followedUpAt = settledSeenAt, failing } = purchase;
  if (purchase.needsAttention) return "failed";
  if (!settlement) return "unknown";
  const at = ports.now();
  if (at.getTime() - Date.parse(followedUpAt) < PATIENCE_MS) return "unknown";
  if (!(await ports.purchases.claimFollowUp(purchase, at.toISOString()))) return "unknown";

  // One that has noted itself is asked for: another would only fail the same way, with a letter of its own.
  const status = failing
    ? await ports.executions.findExecutionStatus(failing)
    : await ports.executions.ensureExecution(settlement);
  if (status === "failed") {
    const failure = { executionName: failing ?? settlement.eventId, isFinal: true };
    await ports.purchases.noteFailure(purchase, settlement, failure, at.toISOString());
  }
  return status;
}
