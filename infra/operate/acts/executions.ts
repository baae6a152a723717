/** What is done about executions and about what a reconciliation has found, signed. */
import type { ExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import type { FailedExecutions } from "#workflow/ports/executions.ts";
import type { Drift } from "#workflow/reconcile/drift.ts";
import { type RepairOutcome, type RepairPorts, repairDrift } from "#workflow/reconcile/repair.ts";
import { tellStarted } from "./letters.ts";
import type { Signed } from "./open-ledger.ts";

/** @returns the execution that does the work now; undefined when there is none of that name */
export function redriveExecution(
  name: string,
  { ledger, reason }: Signed,
  executions: FailedExecutions,
): Promise<string | undefined> {
  return ledger.act(
    { action: "redrive", about: [name], reason },
    () => executions.redriveExecution(name),
    tellStarted,
  );
}

export function stopExecution(
  name: string,
  { ledger, reason }: Signed,
  executions: Pick<ExecutionLookup, "stopExecution">,
): Promise<void> {
  return ledger.act(
    { action: "stop", about: [name], reason },
    () => executions.stopExecution(name, "Stopped by an operator; the ledger says why."),
    () => ({ isDone: true, text: "stopped" }),
  );
}

export function repairSigned(
  drift: Drift,
  { ledger, reason }: Signed,
  ports: RepairPorts,
): Promise<RepairOutcome> {
  const { checkoutSessionId, event, executionName } = drift;
  const about = [checkoutSessionId, event?.eventId, executionName].filter((id) => id !== undefined);
  return ledger.act(
    { action: "repair", about: [...new Set(about)], reason },
    () => repairDrift(drift, ports, { isAsked: true }),
    (outcome) => ({ isDone: outcome !== "left", text: `${drift.kind}: ${outcome}` }),
  );
}
