/** `npm run dead-letters -- redrive`: the plan, shown first, and its run, which can be gone on with. */
import { createPacedClient } from "#handlers/adapters/step-functions/pace.ts";
import type { DeadLetterPorts } from "#handlers/composition.ts";
import { composePlans, type PlanPorts, type PlanSettings } from "#handlers/operator-composition.ts";
import { EXIT_CODES } from "#infra/command-line/exit-codes.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import type { Plan, PlanItem } from "#workflow/dead-letters/plan.ts";
import { type DeadLetter, type DeadLetterFilter, matchesFilter } from "#workflow/dead-letters/read.ts";
import type { Signed } from "../acts/open-ledger.ts";
import { runSigned, storePlan } from "../acts/plans.ts";
import { toShown } from "../records/dead-letters.ts";
import { describeFilter, subjectOf } from "../records/plan-words.ts";
import { describeLetters, describePlan, describeRun } from "./describe-letters.ts";

interface RedriveOptions {
  json?: boolean;
  /** The plan to go on with, instead of making one. */
  resume?: string;
}

export const openPlanPorts = (settings: PlanSettings, { queue }: DeadLetterPorts): PlanPorts =>
  composePlans(settings, createPacedClient(), queue);

/** Shows what would be done, and keeps it, so that exactly this can be run. */
export async function showPlan(
  filter: DeadLetterFilter,
  ports: PlanPorts,
  { json, resume }: RedriveOptions,
): Promise<void> {
  const { letters, plan, items } = await showProgress("Making the plan", json, async () =>
    resume ? readPlan(resume, ports) : planFor(filter, ports),
  );
  if (json) printJson({ ...(letters && { deadLetters: letters.map(toShown) }), plan, items });
  else
    print(
      [letters && describeLetters(letters), plan && describePlan(plan, items)].filter(Boolean).join("\n"),
    );
}

/** What was interrupted and is about the same letters is gone on with, and no second plan is made beside it. */
export async function redriveLetters(
  filter: DeadLetterFilter,
  signed: Signed,
  ports: PlanPorts,
  { json, resume }: RedriveOptions,
): Promise<void> {
  const { planId, items } = await showProgress("Redriving", json, async (announce) => {
    const found =
      resume ?? (await findInterrupted(filter, ports)) ?? (await planFor(filter, ports)).plan?.planId;
    if (!found) return { planId: undefined, items: [] };
    const total = (await ports.plans.findPlan(found))?.items ?? 0;
    const { ended } = await runSigned(found, signed, ports, ({ closed, failed, left }) =>
      announce(`plan ${found}: ${closed + failed + left} of ${total}; failed ${failed}`),
    );
    return { planId: found, items: await ended };
  });
  if (json) printJson({ planId, redriven: items.map(toRedriven) });
  else print(describeRun(planId, items));
  if (items.some(({ state }) => state !== "closed")) process.exitCode = EXIT_CODES.needsPerson;
}

const OUTCOMES = { closed: "succeeded", failed: "failed", left: "left", begun: "begun", planned: "planned" };

const toRedriven = ({ state, ...item }: PlanItem) => ({ ...item, outcome: OUTCOMES[state] });

interface Planned {
  letters?: DeadLetter[];
  /** Undefined: there are no letters. */
  plan: Plan | undefined;
  items: PlanItem[];
}

async function planFor(filter: DeadLetterFilter, ports: PlanPorts): Promise<Planned> {
  const letters = (await ports.queue.peekDeadLetters()).filter((letter) => matchesFilter(letter, filter));
  if (letters.length === 0) return { letters, plan: undefined, items: [] };
  return { letters, ...(await storePlan(letters, describeFilter(filter), ports)) };
}

async function readPlan(planId: string, { plans }: PlanPorts): Promise<Planned> {
  const plan = await plans.findPlan(planId);
  if (!plan) throw new Error(`There is no plan ${planId}.`);
  return { plan, items: await plans.listItems(planId) };
}

const LOOKED_BACK = 20;

async function findInterrupted(filter: DeadLetterFilter, { plans }: PlanPorts): Promise<string | undefined> {
  const subject = subjectOf(describeFilter(filter));
  const recent = await plans.listPlans(LOOKED_BACK);
  return recent.find(({ state, about }) => state === "running" && subjectOf(about) === subject)?.planId;
}
