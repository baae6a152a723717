/** What waits for a person, or for a decision to be carried out, whenever it began: also after its letter's 14 days. */
import { isCourseId } from "../model.ts";
import type { ExecutionFollowUp } from "../ports/executions.ts";
import type { EnrollmentStore, PurchaseStore } from "../ports/stores.ts";
import { isNotOwed, type Purchase } from "../purchase.ts";
import { failedDrift } from "./against-enrollments.ts";
import { type Drift, purchaseDrift } from "./drift.ts";

interface AwaitingAttentionPorts {
  enrollments: Pick<EnrollmentStore, "findEnrollment">;
  purchases: Pick<PurchaseStore, "clearAttention" | "noteFailure">;
  executions: Pick<ExecutionFollowUp, "findExecutionStatus">;
  now: () => Date;
}

export async function lookAfter(
  purchase: Purchase,
  ports: AwaitingAttentionPorts,
): Promise<Drift | undefined> {
  const { userId, courseId, checkoutSessionId, decision, settlement, failing } = purchase;
  if (decision) return purchaseDrift("decision-unfinished", purchase, decision.at);
  const executionName = purchase.needsAttention ?? failing;
  // A refund or a dispute that nobody has decided about yet: told of when it was noticed.
  if (!settlement || !executionName || isNotOwed(purchase)) return undefined;

  const enrollment = isCourseId(courseId)
    ? await ports.enrollments.findEnrollment(userId, courseId)
    : undefined;
  if (enrollment?.stripeSessionId === checkoutSessionId) {
    await ports.purchases.clearAttention(purchase);
    return undefined;
  }
  if (!purchase.needsAttention) {
    if ((await ports.executions.findExecutionStatus(executionName)) !== "failed") return undefined;
    const at = ports.now().toISOString();
    await ports.purchases.noteFailure(purchase, settlement, { executionName, isFinal: true }, at);
  }
  return failedDrift(enrollment ? "paid-twice" : "paid-not-enrolled", settlement, executionName);
}
