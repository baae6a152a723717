/** A paid course of 5 kB, whose texts are no easier to compress than digits that are drawn by chance. */
import { createHash } from "node:crypto";
import type { PaidCourse } from "#workflow/model.ts";
import { paidCourse } from "./payment-events.ts";

export const largeCourse = (courseId: string, more: Partial<PaidCourse> = {}): PaidCourse => ({
  ...paidCourse,
  courseId,
  description: textOf(courseId, 1_000),
  curriculum: [{ title: textOf(`${courseId} title`, 1_000), lessons: [textOf(`${courseId} lesson`, 2_600)] }],
  ...more,
});

/** The same for the same seed. */
const textOf = (seed: string, length: number) =>
  createHash("shake256", { outputLength: length / 2 })
    .update(seed)
    .digest("hex");
