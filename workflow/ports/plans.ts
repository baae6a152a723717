/** Where plans are kept: one is written when it is made, and what comes of it beside it. */
import type { Plan, PlanItem, Progress } from "../dead-letters/plan.ts";
import type { Intent } from "../ledger/entry.ts";

/** A run of a plan: whoever has it says every few seconds that they still have. */
interface PlanRun {
  /** Of one process and one run, so that a dead process' name is nobody's. */
  runner: string;
  reason: string;
  by: string;
  /** ISO 8601. Afterwards anybody may go on with the plan. */
  heldUntil: string;
}

export interface ItemEnd {
  state: "closed" | "failed" | "left";
  /** What came of it, in a few words. */
  told: string;
}

export interface PlanStore {
  createPlan(plan: Plan, items: PlanItem[]): Promise<void>;
  findPlan(planId: string): Promise<Plan | undefined>;
  /** Newest first. */
  listPlans(most: number): Promise<Plan[]>;
  /** In the order of their numbers. */
  listItems(planId: string): Promise<PlanItem[]>;
  /** False, and nothing written, when somebody holds it at `now`, or it is over. */
  claimPlan(planId: string, run: PlanRun, now: string): Promise<boolean>;
  /** False when somebody else has it. */
  holdPlan(planId: string, runner: string, heldUntil: string, progress: Progress): Promise<boolean>;
  /** Nobody need wait until `heldUntil` is over. @param isOver there is nothing left of it to do */
  letGo(planId: string, runner: string, at: string, isOver: boolean, progress: Progress): Promise<void>;
  /** False, and nothing written, when somebody has begun it before. */
  beginItem(planId: string, number: number, entry: Pick<Intent, "id" | "at">): Promise<boolean>;
  endItem(planId: string, number: number, end: ItemEnd): Promise<void>;
}
