/** Takes a plan to run it, or to go on with one that was interrupted: one process at a time has it. */
import { readReason } from "../ledger/entry.ts";
import type { Ledger } from "../ledger/keep-ledger.ts";
import type { PlannedExecutions } from "../ports/executions.ts";
import type { PlanStore } from "../ports/plans.ts";
import type { Plan } from "./plan.ts";

/** Whoever has died without a word is waited for so long; who lives says so more often. */
const HELD_MS = 10_000;
export const SAY_SO_EVERY_MS = 3_000;

/** Why a plan is not run; a sentence for the person who asked. */
export class PlanRefused extends Error {
  override name = "PlanRefused";
}

export interface ClaimPlanPorts {
  plans: PlanStore;
  executions: PlannedExecutions;
  ledger: Ledger;
  newId: () => string;
  now: () => Date;
}

export interface ClaimedPlan {
  plan: Plan;
  runner: string;
  reason: string;
}

export const heldFrom = (now: Date) => new Date(now.getTime() + HELD_MS).toISOString();

/**
 * @param reason of one that is run for the first time; an interrupted one goes on for the reason that it was given
 * @throws PlanRefused, ReasonRefused
 */
export async function claimPlan(
  planId: string,
  reason: string | undefined,
  { plans, executions, ledger, newId, now }: ClaimPlanPorts,
): Promise<ClaimedPlan> {
  const plan = await plans.findPlan(planId);
  if (!plan) throw new PlanRefused(`There is no plan ${planId}.`);
  if (plan.state === "over") throw new PlanRefused(`The plan ${planId} was run already.`);
  const said = readReason(plan.reason ?? reason);
  if ((await executions.readDefinitionDigest()) !== plan.definition)
    throw new PlanRefused(
      "The state machine was changed since this plan was made, and a redrive would run what it was before: make another plan.",
    );
  const run = { runner: newId(), reason: said, by: await ledger.findCaller(), heldUntil: heldFrom(now()) };
  if (!(await plans.claimPlan(planId, run, now().toISOString())))
    throw new PlanRefused(`The plan ${planId} is being run by somebody else.`);
  return { plan, runner: run.runner, reason: said };
}
