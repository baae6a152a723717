/** Which letters are asked for, as it stands in the address of the letters page. */
import * as z from "zod";
import type { DeadLetterFilter } from "#workflow/dead-letters/read.ts";

const text = z.string().trim().max(255).optional();

export const lettersSchema = z.object({
  id: text,
  error: text,
  course: text,
  student: text,
  since: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
});

export function readFilter(asked: z.infer<typeof lettersSchema>): DeadLetterFilter {
  const { id, error, course, student, since, until } = asked;
  return {
    id,
    error,
    courseId: course,
    userId: student,
    since: since ? new Date(since) : undefined,
    until: until ? new Date(until) : undefined,
  };
}
