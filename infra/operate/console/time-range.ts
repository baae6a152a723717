/** The time that a list is asked for, as an address has it. */
import * as z from "zod";

const HOUR_MS = 60 * 60 * 1000;
const WITHIN_HOURS = { "1h": 1, "24h": 24, "7d": 7 * 24, "30d": 30 * 24 };

/** In the one form in which instants can be compared as text. */
const instant = z.iso
  .datetime()
  .transform((text) => new Date(text).toISOString())
  .optional();

export const timeRangeSchema = z.object({
  /** Until now: the same words mean another day tomorrow. */
  within: z.enum(Object.keys(WITHIN_HOURS) as (keyof typeof WITHIN_HOURS)[]).optional(),
  since: instant,
  until: instant,
});

/** @returns ISO 8601, both included; undefined: without an end */
export function rangeOf({ within, since, until }: z.infer<typeof timeRangeSchema>) {
  const begin = within ? new Date(Date.now() - WITHIN_HOURS[within] * HOUR_MS).toISOString() : since;
  return { since: begin, until };
}
