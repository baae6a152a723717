/** The catalogue as it is offered: published courses, a page of summaries at a time. */
import { type CourseSummary, type CoursesAnswer, courseSummarySchema } from "./contract.ts";
import type { CourseStore } from "./ports/stores.ts";

const MOST_COURSES = 100;
/** So that long descriptions make no long answers; a character is three bytes at most. */
const MOST_CHARACTERS = 300_000;

/** @param after the last course of the page before; undefined: from the beginning */
export async function readCatalogue(
  after: string | undefined,
  courses: Pick<CourseStore, "listCoursesAfter">,
): Promise<CoursesAnswer> {
  const page: CourseSummary[] = [];
  let characters = 0;
  for await (const course of courses.listCoursesAfter(after)) {
    if (course.status === "retired") continue;
    const summary = courseSummarySchema.parse(course);
    characters += JSON.stringify(summary).length;
    const last = page.at(-1);
    if (last && (page.length === MOST_COURSES || characters > MOST_CHARACTERS)) {
      return { courses: page, next: last.courseId };
    }
    page.push(summary);
  }
  return { courses: page };
}
