/** The catalogue as it is offered: published courses, a page of summaries at a time. */
import { type CourseSummary, type CoursesAnswer, courseSummarySchema } from "./contract.ts";
import { type CoursesQuery } from "./courses-query.ts";
import type { Course } from "./model.ts";
import type { CourseStore } from "./ports/stores.ts";

/** Full rows of one, two, three or four. */
export const MOST_COURSES = 48;
/** So that a first view is small, whatever the courses are called. */
const MOST_BYTES = 48_000;
/** More of a description than any list shows. */
const BEGINNING = /^.{0,240}/su;

/** @param place with neither it is the first page */
export async function readCatalogue(
  { after, before }: Pick<CoursesQuery, "after" | "before">,
  courses: Pick<CourseStore, "listCoursesAfter" | "listCoursesBefore">,
): Promise<CoursesAnswer> {
  if (before === undefined) {
    const { page, hasMore } = await fillPage(courses.listCoursesAfter(after));
    return answerPage(page, { next: hasMore, previous: after !== undefined });
  }
  const { page, hasMore } = await fillPage(courses.listCoursesBefore(before));
  return answerPage(page.reverse(), { next: true, previous: hasMore });
}

/** @param hasMore where there are others */
export function answerPage(
  courses: CourseSummary[],
  hasMore: { next: boolean; previous: boolean },
): CoursesAnswer {
  const [first, last] = [courses[0], courses.at(-1)];
  return {
    courses,
    ...(hasMore.next && last && { next: last.courseId }),
    ...(hasMore.previous && first && { previous: first.courseId }),
  };
}

/** As many as a page has room for, and at least one. */
export async function fillPage(
  courses: AsyncIterable<Course> | Iterable<Course>,
): Promise<{ page: CourseSummary[]; hasMore: boolean }> {
  const page: CourseSummary[] = [];
  let bytes = 0;
  for await (const course of courses) {
    if (course.status === "retired") continue;
    const summary = summarize(course);
    bytes += countBytes(JSON.stringify(summary));
    if (page.length === MOST_COURSES || (page.length > 0 && bytes > MOST_BYTES)) {
      return { page, hasMore: true };
    }
    page.push(summary);
  }
  return { page, hasMore: false };
}

/** At most: what is not ASCII may be three. */
const countBytes = (text: string) => text.length + 2 * (text.match(/[^ -~]/g)?.length ?? 0);

function summarize(course: Course): CourseSummary {
  const summary = courseSummarySchema.parse(course);
  return { ...summary, description: shorten(summary.description) };
}

/** By whole characters: half of a pair of code units is none. */
function shorten(text: string): string {
  const [beginning = ""] = text.match(BEGINNING) ?? [];
  return beginning.length < text.length ? `${beginning.trimEnd()}…` : text;
}
