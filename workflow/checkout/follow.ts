/**
 * What a student is told who follows a purchase; and when the webhook was lost, the student's asking is what starts the
 * execution instead.
 */

import type { CheckoutStatusAnswer } from "../contract.ts";
import type { Enrollment, SettledCheckout } from "../model.ts";
import type { ExecutionFollowUp } from "../ports/executions.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { EnrollmentStore, SettledCheckoutStore } from "../ports/stores.ts";
import { checkoutStage } from "./stage.ts";

export interface FollowCheckoutPorts {
  payments: Pick<PaymentProvider, "findCheckout">;
  enrollments: Pick<EnrollmentStore, "findEnrollment">;
  settledCheckouts: SettledCheckoutStore;
  executions: ExecutionFollowUp;
  now: () => Date;
}

/** Milliseconds that the webhook has before the student's asking makes sure of an execution, and between two such looks. */
export const PATIENCE_MS = 5_000;

/** @returns undefined when there is no such session, or it is another student's */
export async function followCheckout(
  userId: string,
  checkoutSessionId: string,
  ports: FollowCheckoutPorts,
): Promise<CheckoutStatusAnswer | undefined> {
  const remembered = await ports.settledCheckouts.findSettledCheckout(userId, checkoutSessionId);
  if (remembered) return followSettled(remembered, ports);

  const session = await ports.payments.findCheckout(checkoutSessionId);
  if (session?.userId !== userId || !session.courseId) return undefined;
  const { courseId, settlement, status, paymentStatus } = session;
  if (settlement) {
    const settledSeenAt = ports.now().toISOString();
    const seen = { userId, courseId, checkoutSessionId, settlement, settledSeenAt };
    await ports.settledCheckouts.replaceSettledCheckout(seen, undefined);
    return followSettled(seen, ports);
  }
  const enrollment = await ports.enrollments.findEnrollment(userId, courseId);
  const stage = checkoutStage(session, enrollment);
  return { status, paymentStatus, courseId, enrolled: Boolean(enrollment), stage };
}

async function followSettled(
  checkout: SettledCheckout,
  ports: FollowCheckoutPorts,
): Promise<CheckoutStatusAnswer> {
  const { userId, courseId, checkoutSessionId } = checkout;
  const { paymentStatus } = checkout.settlement;
  const find = () => ports.enrollments.findEnrollment(userId, courseId);
  const isEnrolled = (found: Enrollment | undefined) => found?.stripeSessionId === checkoutSessionId;

  let enrollment = await find();
  let hasFailed = false;
  if (!isEnrolled(enrollment)) {
    const status = await followUp(checkout, ports);
    // It may have come to its end since the enrollment was looked for.
    if (status === "succeeded") enrollment = await find();
    hasFailed = status === "failed" || (status === "succeeded" && !isEnrolled(enrollment));
  }
  const session = { checkoutSessionId, status: "complete", paymentStatus, paymentFailed: false } as const;
  const stage = checkoutStage(session, enrollment, hasFailed);
  return { status: session.status, paymentStatus, courseId, enrolled: Boolean(enrollment), stage };
}

/** At most one look every few seconds per session, however many ask: DescribeExecution's quota is 15 a second. */
async function followUp(
  checkout: SettledCheckout,
  { settledCheckouts, executions, now }: FollowCheckoutPorts,
) {
  if (checkout.needsAttention) return "failed";
  const at = now();
  const lastLook = Date.parse(checkout.followedUpAt ?? checkout.settledSeenAt);
  if (at.getTime() - lastLook < PATIENCE_MS) return "unknown";

  const claimed = { ...checkout, followedUpAt: at.toISOString() };
  if (!(await settledCheckouts.replaceSettledCheckout(claimed, checkout))) return "unknown";
  const status = await executions.ensureExecution(checkout.settlement);
  if (status === "failed") {
    await settledCheckouts.replaceSettledCheckout({ ...claimed, needsAttention: true }, claimed);
  }
  return status;
}
