/** The catalogue, open to anyone. */
import { Router } from "express";
import type { CourseAnswer, CoursesAnswer } from "#workflow/contract.ts";
import type { Course } from "#workflow/model.ts";
import type { CourseStore } from "#workflow/ports/stores.ts";
import { HttpError } from "./errors.ts";

export function courseRoutes({ courses }: { courses: CourseStore }): Router {
  const router = Router();

  router.get("/", async (_request, response) => {
    const answer: CoursesAnswer = { courses: await courses.listCourses() };
    response.json(answer);
  });

  router.get("/:courseId", async (request, response) => {
    const answer: CourseAnswer = { course: await existingCourse(courses, request.params.courseId) };
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
