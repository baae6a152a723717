/** Which letters are asked for, as it stands in the address of the letters page. */
import * as z from "zod";
import type { DeadLetterFilter } from "#workflow/dead-letters/read.ts";
import { rangeOf, timeRangeSchema } from "./time-range.ts";

const text = z.string().trim().max(255).optional();

export const lettersSchema = timeRangeSchema.extend({ id: text, error: text, course: text, student: text });

export function readFilter(asked: z.infer<typeof lettersSchema>): DeadLetterFilter {
  const { id, error, course: courseId, student: userId } = asked;
  const { since, until } = rangeOf(asked);
  const [from, to] = [since, until].map((instant) => (instant ? new Date(instant) : undefined));
  return { id, error, courseId, userId, since: from, until: to };
}
