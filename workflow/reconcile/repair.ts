/** What a reconciliation does about what it found. */
import { type CarryOutPorts, carryOut } from "../decide/carry-out.ts";
import type { ExecutionFollowUp, Executions, FailedExecutions } from "../ports/executions.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { Drift } from "./drift.ts";

/** `left`: it takes a person. */
export type RepairOutcome = "started" | "redriven" | "expired" | "carried-out" | "left";

export interface RepairPorts extends CarryOutPorts {
  payments: Pick<PaymentProvider, "expireCheckout">;
  executions: Executions &
    Pick<ExecutionFollowUp, "ensureExecution"> &
    Pick<FailedExecutions, "redriveExecution">;
}

/**
 * Starting is idempotent by the execution's name.
 * @param isAsked true when a person wants it repaired: only then is an execution redriven, or what one has done done once
 *   more. By schedule the same failure every hour would bury the dead letters that are new
 */
export async function repairDrift(
  drift: Drift,
  ports: RepairPorts,
  { isAsked }: { isAsked: boolean },
): Promise<RepairOutcome> {
  const { kind, event, purchase, executionName, executionStatus, checkoutSessionId } = drift;
  if (kind === "still-payable") {
    await ports.payments.expireCheckout(checkoutSessionId);
    return "expired";
  }
  if (kind === "decision-unfinished") {
    if (purchase) await carryOut(purchase, ports);
    return purchase ? "carried-out" : "left";
  }
  if (!event) return "left";
  const status = executionStatus ?? (await ports.executions.ensureExecution(event));
  if (!executionStatus && status === "running") return "started";
  if (!isAsked || kind === "paid-twice") return "left";
  if (status === "succeeded") {
    // It has done its work, and what it wrote is gone.
    await ports.executions.startAfresh(event);
    return "started";
  }
  if (status === "failed") {
    // As any operator's redrive: by a fresh one where the definition that it failed on was taken back.
    const failed = executionName ?? event.eventId;
    const atWork = await ports.executions.redriveExecution(failed);
    if (atWork) return atWork === failed ? "redriven" : "started";
  }
  const outcome = await ports.executions.startExecution(event);
  return outcome === "redriven" ? "redriven" : "started";
}
