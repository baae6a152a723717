/** `/api/plans`: what would be done about many letters, frozen; its run, and what came of each. */
import type { Router } from "express";
import * as z from "zod";
import type { PlanPorts } from "#handlers/operator-composition.ts";
import { PlanRefused } from "#workflow/dead-letters/claim-plan.ts";
import { countProgress, ITEM_STATES, isInterrupted, type Plan } from "#workflow/dead-letters/plan.ts";
import { type DeadLetter, matchesFilter } from "#workflow/dead-letters/read.ts";
import type { Ledger } from "#workflow/ledger/keep-ledger.ts";
import { runSigned, storePlan } from "../acts/plans.ts";
import { describeFilter } from "../records/plan-words.ts";
import type { FollowedPlan, MadePlan, PlanOnPage, PlansPage } from "./contract.ts";
import { lettersSchema, readFilter } from "./letter-filter.ts";
import { Refusal, readAs, sign } from "./refusal.ts";

export interface PlanParts {
  plans: PlanPorts;
  ledger: Ledger;
  /** Told when letters may have gone. */
  forgetLetters: () => void;
  /** Told of each run, which goes on after its answer. */
  keepRun: (ended: Promise<unknown>) => void;
}

const SHOWN_PLANS = 10;
const ITEMS_PER_PAGE = 50;

const chosenSchema = z.object({
  letters: lettersSchema.optional(),
  groups: z
    .array(z.object({ error: z.string(), courseId: z.string().optional() }))
    .max(200)
    .optional(),
  messageIds: z.array(z.string()).max(200).optional(),
});
type Chosen = z.infer<typeof chosenSchema>;

const pageSchema = z.object({
  show: z.enum(ITEM_STATES).optional(),
  /** How many of the list come before the page. */
  before: z.coerce.number().int().min(0).default(0),
});

export function addPlanRoutes(router: Router, parts: PlanParts): void {
  const { plans: ports, ledger, forgetLetters, keepRun } = parts;

  router.get("/plans", async (_request, response) => {
    const plans = await ports.plans.listPlans(SHOWN_PLANS);
    response.json({ plans: plans.map((plan) => follow(plan, ports)) } satisfies PlansPage);
  });

  router.post("/plans", async (request, response) => {
    const chosen = readAs(chosenSchema, request.body);
    const filter = readFilter(chosen.letters ?? {});
    const letters = (await ports.queue.peekDeadLetters()).filter(
      (letter) => matchesFilter(letter, filter) && isChosen(letter, chosen),
    );
    if (letters.length === 0) throw new Refusal(409, "None of these letters is in the queue any more.");
    const choice = describeChoice(chosen);
    const isAll = choice.length > 0 && Object.values(filter).every((value) => value === undefined);
    const about = [...(isAll ? [] : [describeFilter(filter)]), ...choice].join("; ");
    const { plan } = await storePlan(letters, about, ports);
    response.json({ planId: plan.planId } satisfies MadePlan);
  });

  router.get("/plans/:planId", async (request, response) => {
    const { show, before } = readAs(pageSchema, request.query);
    const { planId } = request.params;
    const plan = await ports.plans.findPlan(planId);
    if (!plan) throw new Refusal(404, `There is no plan ${planId}.`);
    const items = await ports.plans.listItems(planId);
    const shown = items.filter(({ state }) => !show || state === show);
    const end = before + ITEMS_PER_PAGE;
    response.json({
      plan: { ...follow(plan, ports), progress: countProgress(items) },
      items: shown.slice(before, end),
      next: shown.length > end ? String(end) : undefined,
    } satisfies PlanOnPage);
  });

  /** One that was interrupted goes on for the reason that it was given. */
  router.post("/plans/:planId/run", async (request, response) => {
    const { planId } = request.params;
    const found = await ports.plans.findPlan(planId);
    const signed = found?.reason ? { ledger, reason: found.reason } : sign(ledger, request.body);
    const { ended } = await runSigned(planId, signed, ports, forgetLetters).catch(refuse);
    keepRun(ended.finally(forgetLetters));
    response.json({ planId } satisfies MadePlan);
  });
}

const follow = (plan: Plan, { now }: PlanPorts): FollowedPlan => ({
  ...plan,
  isInterrupted: isInterrupted(plan, now().toISOString()),
});

/** Nothing chosen: all that match. */
function isChosen({ error, courseId, messageId }: DeadLetter, { groups = [], messageIds = [] }: Chosen) {
  if (groups.length + messageIds.length === 0) return true;
  const isInGroup = groups.some((group) => group.error === error && group.courseId === courseId);
  return isInGroup || messageIds.includes(messageId);
}

function describeChoice({ groups = [], messageIds = [] }: Chosen): string[] {
  const ofGroups = groups.map(({ error, courseId }) => [error, courseId].filter(Boolean).join(" of "));
  return [...ofGroups, ...(messageIds.length > 0 ? [`${messageIds.length} single letters`] : [])];
}

function refuse(error: unknown): never {
  throw error instanceof PlanRefused ? new Refusal(409, error.message) : error;
}
