/** What a reconciliation does about what it found. */
import type { Executions } from "../ports/executions.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { Drift } from "./drift.ts";

/** `left`: it takes a person. */
export type RepairOutcome = "started" | "redriven" | "expired" | "left";

export interface RepairPorts {
  payments: Pick<PaymentProvider, "expireCheckout">;
  executions: Executions;
}

/**
 * Starting is idempotent by the execution's name.
 * @param redriveFailed false leaves failed executions to whoever reads their dead letters: the same failure every hour
 *   would bury the dead letters that are new
 */
export async function repairDrift(
  drift: Drift,
  { payments, executions }: RepairPorts,
  { redriveFailed }: { redriveFailed: boolean },
): Promise<RepairOutcome> {
  if (drift.kind === "still-payable") {
    await payments.expireCheckout(drift.checkoutSessionId);
    return "expired";
  }
  const { event, executionStatus } = drift;
  if (!event) return "left";
  if (executionStatus === "succeeded") return "left";
  if (executionStatus === "failed" && (!redriveFailed || drift.kind === "paid-twice")) return "left";
  const outcome = await executions.startExecution(event);
  return outcome === "redriven" ? "redriven" : "started";
}
