/** Courses in the table. */
import { type Course, courseSchema } from "#workflow/model.ts";
import type { CourseStore, ReportUnreadable } from "#workflow/ports/stores.ts";
import { readItem, readItems } from "./read-item.ts";
import { getItem, getItems, keys, queryEach, type Table } from "./table.ts";

/** Items are read so many at a time; one page of the catalogue, and one more to see whether there is another. */
const READ_AT_ONCE = 101;

/** @param report told of a course that is not of the schema's shape; the rest of the catalogue goes on without it */
export function createCourseStore(table: Table, report: ReportUnreadable): CourseStore {
  function readIfPossible(item: unknown): Course | undefined {
    return readItems(courseSchema, [item], report)[0];
  }

  async function* listCoursesAfter(courseId: string | undefined): AsyncGenerator<Course> {
    const items = queryEach(table, {
      IndexName: "GSI1",
      KeyConditionExpression: `GSI1PK = :courses${courseId === undefined ? "" : " AND GSI1SK > :after"}`,
      ExpressionAttributeValues: { ":courses": "COURSES", ":after": courseId },
      Limit: READ_AT_ONCE,
    });
    for await (const item of items) {
      const course = readIfPossible(item);
      if (course) yield course;
    }
  }

  return {
    async listCourses() {
      const courses: Course[] = [];
      for await (const course of listCoursesAfter(undefined)) courses.push(course);
      return courses;
    },

    listCoursesAfter,

    async findCourse(courseId) {
      const item = await getItem(table, keys.course(courseId));
      return item ? readItem(courseSchema, item) : undefined;
    },

    async findCourses(courseIds) {
      const items = await getItems(table, [...new Set(courseIds)].map(keys.course));
      return items.flatMap((item) => readIfPossible(item) ?? []);
    },
  };
}

/** How a course is stored; also what seeding writes. */
export function courseItem(course: Course): Record<string, unknown> {
  return { ...keys.course(course.courseId), GSI1PK: "COURSES", GSI1SK: course.courseId, ...course };
}
