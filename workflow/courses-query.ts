/** What `GET /api/courses` can be asked for; shared by its handler and the client. */
import * as z from "zod/mini";
import { courseIdSchema } from "./model.ts";

/** `after` and `before` not at once. */
export const coursesQuerySchema = z.object({
  after: z.optional(courseIdSchema),
  before: z.optional(courseIdSchema),
  q: z.optional(z.string().check(z.maxLength(200))),
  price: z.optional(z.enum(["free", "paid"])),
});
export type CoursesQuery = z.infer<typeof coursesQuerySchema>;
