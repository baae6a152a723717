/** Plans for dead letters: made, shown, and run signed; what command and console do about many letters. */
import type { PlanPorts } from "#handlers/operator-composition.ts";
import { claimPlan } from "#workflow/dead-letters/claim-plan.ts";
import { makePlan, type Plan, type PlanItem, type Progress } from "#workflow/dead-letters/plan.ts";
import type { DeadLetter } from "#workflow/dead-letters/read.ts";
import { runPlan } from "#workflow/dead-letters/run-plan.ts";
import { findRepeat } from "../records/find-repeat.ts";
import type { Signed } from "./open-ledger.ts";

/** Nothing is done yet, and what is to be done about is frozen. */
export async function storePlan(
  letters: DeadLetter[],
  about: string,
  ports: PlanPorts,
): Promise<{ plan: Plan; items: PlanItem[] }> {
  const made = await makePlan(letters, about, ports);
  await ports.plans.createPlan(made.plan, made.items);
  return made;
}

/**
 * @returns once it is taken; `ended` is the run itself
 * @throws PlanRefused, ReasonRefused
 */
export async function runSigned(
  planId: string,
  { ledger, reason }: Signed,
  ports: PlanPorts,
  announce: (progress: Progress) => void = () => {},
): Promise<{ ended: Promise<PlanItem[]> }> {
  const describeRepeat = (executionName: string) => findRepeat(executionName, ports);
  const signed = { ...ports, ledger, describeRepeat };
  const claimed = await claimPlan(planId, reason, signed);
  return { ended: runPlan(claimed, signed, announce) };
}
