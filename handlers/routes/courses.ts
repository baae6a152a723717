/** The catalogue, open to anyone. */
import { Router } from "express";
import * as z from "zod/mini";
import { readCatalogue } from "#workflow/catalogue.ts";
import { type CourseAnswer, publicCourseSchema } from "#workflow/contract.ts";
import { type Course, courseIdSchema } from "#workflow/model.ts";
import type { CourseStore } from "#workflow/ports/stores.ts";
import { HttpError } from "./errors.ts";

export function courseRoutes({ courses }: { courses: CourseStore }): Router {
  const router = Router();

  router.get("/", async (request, response) => {
    const after = z.optional(courseIdSchema).safeParse(request.query["after"]);
    if (!after.success) throw new HttpError(400, "invalid_request", "Send the id of a course as `after`.");
    response.json(await readCatalogue(after.data, courses));
  });

  router.get("/:courseId", async (request, response) => {
    const course = await existingCourse(courses, request.params.courseId);
    const answer: CourseAnswer = { course: publicCourseSchema.parse(course) };
    response.json(answer);
  });

  return router;
}

/** @throws HttpError 404 */
export async function existingCourse(courses: CourseStore, courseId: string): Promise<Course> {
  const course = courseId.length <= 64 ? await courses.findCourse(courseId) : undefined;
  if (!course)
    throw new HttpError(404, "course_not_found", "There is no such course. Choose one from the catalogue.");
  return course;
}
