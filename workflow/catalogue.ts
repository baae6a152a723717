/** The catalogue as it is offered: published courses, a page of summaries at a time. */
import { type CourseSummary, type CoursesAnswer, courseSummarySchema } from "./contract.ts";
import type { CourseStore } from "./ports/stores.ts";

const MOST_COURSES = 100;
/** So that long descriptions do not make an answer that no function may give. */
const MOST_BYTES = 500_000;

const bytesIn = (summary: CourseSummary) => new TextEncoder().encode(JSON.stringify(summary)).length;

/** @param after the last course of the page before; undefined: from the beginning */
export async function readCatalogue(
  after: string | undefined,
  courses: Pick<CourseStore, "listCoursesAfter">,
): Promise<CoursesAnswer> {
  const page: CourseSummary[] = [];
  let bytes = 0;
  for await (const course of courses.listCoursesAfter(after)) {
    if (course.status === "retired") continue;
    const summary = courseSummarySchema.parse(course);
    bytes += bytesIn(summary);
    const last = page.at(-1);
    if (last && (page.length === MOST_COURSES || bytes > MOST_BYTES)) {
      return { courses: page, next: last.courseId };
    }
    page.push(summary);
  }
  return { courses: page };
}
