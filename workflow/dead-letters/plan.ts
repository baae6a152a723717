/** A plan for dead letters: what would be done about each, frozen to how everything stood when it was made. */
import * as z from "zod/mini";
import type { PlannedExecutions, StandingExecution } from "../ports/executions.ts";
import { type DeadLetter, executionOf } from "./read.ts";

/**
 * - `redrive`: the execution that has failed goes on
 * - `fresh`: another one with the same input takes its place, since it cannot be redriven
 * - `start`: the event's first execution is started
 * - `follow`: an execution is at work; its end is waited for
 * - `close`: the work is done already, and only the letters are left
 * - `nothing`: `told` says why
 *
 * In all of them the letters go once the purchase has gone through.
 */
const PLANNED = ["redrive", "fresh", "start", "follow", "close", "nothing"] as const;
export type Planned = (typeof PLANNED)[number];

/** `begun`: it is under way, or whoever began it did not live to say how it ended. `left`: nobody knows yet. */
export const ITEM_STATES = ["planned", "begun", "closed", "failed", "left"] as const;

/** What would be done about one purchase, of which several letters may tell. No student's id: a plan outlasts an erasure. */
export const planItemSchema = z.object({
  /** Its place in the plan, from 0. */
  number: z.number(),
  planned: z.enum(PLANNED),
  messageIds: z.array(z.string()),
  error: z.string(),
  courseId: z.optional(z.string()),
  checkoutSessionId: z.optional(z.string()),
  eventId: z.optional(z.string()),
  /** When the oldest of its letters was sent. */
  sentAt: z.iso.datetime(),
  /** Which is redriven, started or waited for, or has done the work. */
  executionName: z.optional(z.string()),
  /** How often that one had been redriven. */
  redriveCount: z.number(),
  /** Under which name another one would take its place. */
  freshName: z.optional(z.string()),
  state: z.enum(ITEM_STATES),
  /** What came of it, or why there is nothing to be done. */
  told: z.optional(z.string()),
  /** Where it stands in the ledger, once it is begun. */
  entry: z.optional(z.object({ id: z.string(), at: z.string() })),
});
export type PlanItem = z.infer<typeof planItemSchema>;

const progressSchema = z.object({ closed: z.number(), failed: z.number(), left: z.number() });
/** How many of a plan's items have ended so; the rest is to come. */
export type Progress = z.infer<typeof progressSchema>;

export const planSchema = z.object({
  planId: z.string(),
  madeAt: z.iso.datetime(),
  /** Which letters were asked for, in words. */
  about: z.string(),
  letters: z.number(),
  items: z.number(),
  counts: z.partialRecord(z.enum(PLANNED), z.number()),
  /** Of the definition that it was made for. */
  definition: z.string(),
  state: z.enum(["made", "running", "over"]),
  progress: progressSchema,
  reason: z.optional(z.string()),
  by: z.optional(z.string()),
  runner: z.optional(z.string()),
  heldUntil: z.optional(z.iso.datetime()),
});
export type Plan = z.infer<typeof planSchema>;

/** Begun, not over, and nobody is at it. */
export const isInterrupted = ({ state, heldUntil = "" }: Plan, now: string) =>
  state === "running" && heldUntil <= now;

export function countProgress(items: Pick<PlanItem, "state">[]): Progress {
  const count = (state: PlanItem["state"]) => items.filter((item) => item.state === state).length;
  return { closed: count("closed"), failed: count("failed"), left: count("left") };
}

export interface MakePlanPorts {
  executions: Pick<PlannedExecutions, "findStandings" | "findReplaced" | "readDefinitionDigest">;
  newId: () => string;
  now: () => Date;
}

/** @param about which letters these are, in words; without anything personal */
export async function makePlan(
  letters: DeadLetter[],
  about: string,
  { executions, newId, now }: MakePlanPorts,
): Promise<{ plan: Plan; items: PlanItem[] }> {
  const definition = await executions.readDefinitionDigest();
  const groups = groupByPurchase(letters);
  const standings = await executions.findStandings(groups.flatMap(([letter]) => executionOf(letter) ?? []));
  const failed = [...standings.values()].filter(({ status }) => status === "failed");
  const replaced = await executions.findReplaced(failed.filter(({ isPastRedrive }) => !isPastRedrive));
  const items = groups.map((group, number) => {
    const standing = standings.get(executionOf(group[0]) ?? "");
    return planItem(group, number, standing, replaced);
  });
  const madeAt = now().toISOString();
  const counts: Plan["counts"] = {};
  for (const { planned } of items) counts[planned] = (counts[planned] ?? 0) + 1;
  const plan: Plan = {
    planId: `${madeAt.slice(0, 19).replaceAll(/\D/g, "")}-${newId()}`,
    madeAt,
    about,
    letters: letters.length,
    items: items.length,
    counts,
    definition,
    state: "made",
    progress: countProgress(items),
  };
  return { plan, items };
}

type Letters = [DeadLetter, ...DeadLetter[]];

/** Of an execution and of those that took its place alike, oldest first. */
function groupByPurchase(letters: DeadLetter[]): Letters[] {
  const groups = new Map<string, Letters>();
  for (const letter of letters) {
    const key = executionOf(letter)?.replace(/-r\d$/, "") ?? letter.messageId;
    const group = groups.get(key);
    if (group) group.push(letter);
    else groups.set(key, [letter]);
  }
  return [...groups.values()];
}

function planItem(
  letters: Letters,
  number: number,
  standing: StandingExecution | undefined,
  replaced: Set<string>,
): PlanItem {
  const [{ error, courseId, checkoutSessionId, eventId, sentAt }] = letters;
  const { executionName, redriveCount = 0, freshName } = standing ?? {};
  const shared = { number, error, courseId, checkoutSessionId, eventId, sentAt, redriveCount, freshName };
  const messageIds = letters.map(({ messageId }) => messageId);
  const planned = choose(letters[0], standing, replaced);
  if (typeof planned === "string")
    return {
      ...shared,
      messageIds,
      planned,
      executionName: executionName ?? executionOf(letters[0]),
      state: "planned",
    };
  return { ...shared, messageIds, planned: "nothing", executionName, state: "left", told: planned.why };
}

/** @returns why, when there is nothing to be done */
function choose(
  letter: DeadLetter,
  standing: StandingExecution | undefined,
  replaced: Set<string>,
): Exclude<Planned, "nothing"> | { why: string } {
  if (!executionOf(letter)) return { why: "There is nothing in it that could be started again: close it." };
  if (!standing) {
    if (letter.event) return "start";
    return { why: "Step Functions knows its execution no more: look at the purchase, and close the letter." };
  }
  if (standing.status === "succeeded") return "close";
  if (standing.status !== "failed") return "follow";
  if (!standing.isPastRedrive && !replaced.has(standing.executionName)) return "redrive";
  if (standing.freshName) return "fresh";
  return { why: "It was started afresh as often as it can be, and has failed every time." };
}
