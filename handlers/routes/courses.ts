/** The catalogue, open to anyone. */
import { Router } from "express";
import { readCatalogue } from "#workflow/catalogue.ts";
import { type CourseAnswer, publicCourseSchema } from "#workflow/contract.ts";
import { coursesQuerySchema } from "#workflow/courses-query.ts";
import type { Course } from "#workflow/model.ts";
import type { CourseStore } from "#workflow/ports/stores.ts";
import { createSearch } from "#workflow/search-catalogue.ts";
import { HttpError } from "./errors.ts";
import { CATALOGUE_CACHE } from "./who-may-keep.ts";

interface CoursePorts {
  courses: CourseStore;
  now: () => Date;
}

export function courseRoutes({ courses, now }: CoursePorts): Router {
  const router = Router();
  const search = createSearch(courses, now);

  router.get("/", async (request, response) => {
    const { after, before, q, price } = readQuery(request.query);
    const isSearch = Boolean(q?.trim() || price);
    const page = isSearch
      ? await search({ after, before, q, price })
      : await readCatalogue({ after, before }, courses);
    response.set("cache-control", CATALOGUE_CACHE);
    response.json(page);
  });

  router.get("/:courseId", async (request, response) => {
    const course = await existingCourse(courses, request.params.courseId);
    const answer: CourseAnswer = { course: publicCourseSchema.parse(course) };
    response.set("cache-control", CATALOGUE_CACHE);
    response.json(answer);
  });

  return router;
}

/** @throws HttpError 400 */
function readQuery(query: Record<string, unknown>) {
  const result = coursesQuerySchema.safeParse(query);
  if (result.success && (result.data.after === undefined || result.data.before === undefined))
    return result.data;
  throw new HttpError(
    400,
    "invalid_request",
    "Send the id of a course as `after` or as `before`, `q` with at most 200 characters, and `free` or `paid` as `price`.",
  );
}

/** @throws HttpError 404 */
export async function existingCourse(courses: CourseStore, courseId: string): Promise<Course> {
  const course = courseId.length <= 64 ? await courses.findCourse(courseId) : undefined;
  if (!course)
    throw new HttpError(404, "course_not_found", "There is no such course. Choose one from the catalogue.");
  return course;
}
