/** Writes down how an item of a plan has ended, in the plan and in the ledger. */
import type { Begun, Ledger } from "../ledger/keep-ledger.ts";
import type { ItemEnd, PlanStore } from "../ports/plans.ts";
import type { PlanItem } from "./plan.ts";

/** `waitsUntil`: milliseconds since 1970. */
export type ItemUnderWay = PlanItem & { entry: Begun; waitsUntil: number };

export interface EndItemPorts {
  plans: Pick<PlanStore, "endItem">;
  ledger: Pick<Ledger, "end">;
}

export async function endItem(
  item: PlanItem & { entry: Begun },
  { state, told }: ItemEnd,
  planId: string,
  { plans, ledger }: EndItemPorts,
): Promise<void> {
  Object.assign(item, { state, told });
  await ledger.end(item.entry, { isDone: state === "closed", text: told });
  await plans.endItem(planId, item.number, { state, told });
}
