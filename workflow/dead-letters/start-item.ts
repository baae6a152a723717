/** Begins the work of one item of a plan: once, however often it is tried. */
import type { PaymentEvent } from "../payment-event.ts";
import type { PlannedExecutions } from "../ports/executions.ts";
import type { PlanItem } from "./plan.ts";

/**
 * What changed since the plan was made is not fought: what somebody else has redriven, or has started under the name that
 * this one would have had, is waited for.
 * @param events of items that start one, by the name of the execution
 */
export async function startItem(
  item: PlanItem,
  planId: string,
  events: Map<string, PaymentEvent>,
  { executions }: { executions: PlannedExecutions },
): Promise<void> {
  const { planned, executionName, freshName, number } = item;
  if (!executionName) return;
  const event = events.get(executionName);
  if (planned === "start" && event) await executions.startOnce(executionName, event);
  if (planned === "fresh") await startFresh(executionName, freshName, executions);
  if (planned !== "redrive") return;
  if (await executions.redriveOnce(executionName, `${planId}-${number}`)) return;
  // It is at work or done by somebody else's hand, or Step Functions redrives it no more.
  if (await isUntouched(executionName, item, executions))
    await startFresh(executionName, freshName, executions);
}

async function startFresh(
  executionName: string,
  freshName: string | undefined,
  executions: PlannedExecutions,
): Promise<void> {
  if (freshName) await executions.startOnce(freshName, { inputOf: executionName });
}

export async function isUntouched(
  executionName: string,
  { redriveCount }: PlanItem,
  executions: PlannedExecutions,
): Promise<boolean> {
  const found = await executions.findExecution(executionName);
  return found?.status === "failed" && found.redriveCount === redriveCount;
}
