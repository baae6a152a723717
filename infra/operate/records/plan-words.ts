/** Plans in words, for command and console alike. */
import type { Plan, PlanItem, Planned } from "#workflow/dead-letters/plan.ts";
import type { DeadLetterFilter } from "#workflow/dead-letters/read.ts";

const PLANNED_WORDS: Record<Planned, string> = {
  redrive: "redrive",
  fresh: "start afresh",
  start: "start",
  follow: "wait for what is at work",
  close: "close the letter, the work is done",
  nothing: "nothing",
};

/** @returns e.g. `redrive 498, start afresh 2` */
export const describeCounts = (counts: Plan["counts"]): string =>
  Object.entries(counts)
    .map(([planned, count]) => `${PLANNED_WORDS[planned as Planned]} ${count}`)
    .join(", ");

/** @returns e.g. `redrive`, `start afresh as evt_1-r1`, or why nothing */
export function describePlanned({ planned, freshName, told }: PlanItem): string {
  if (planned === "fresh") return `${PLANNED_WORDS.fresh} as ${freshName}`;
  return planned === "nothing" ? (told ?? "nothing") : PLANNED_WORDS[planned];
}

/** Which letters a plan is for; it is kept, so no student is in it. */
export function describeFilter({ id, error, courseId, userId, since, until }: DeadLetterFilter): string {
  const parts = [
    error && `error ${error}`,
    courseId && `course ${courseId}`,
    userId && "one student",
    id,
    since && `sent since ${since.toISOString()}`,
    until && `sent until ${until.toISOString()}`,
  ].filter(Boolean);
  return parts.join(", ") || "all";
}

/** The same but for the times, which move on while a command is given again. */
export const subjectOf = (about: string) => about.replaceAll(/(, )?sent (since|until) \S+/g, "") || "all";
