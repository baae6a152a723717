/** Courses in the table. */
import { MOST_COURSES } from "#workflow/catalogue.ts";
import { type Course, courseSchema, ownCourseSchema } from "#workflow/model.ts";
import type { CourseStore, ReportUnreadable } from "#workflow/ports/stores.ts";
import { readItem, readItems } from "./read-item.ts";
import { getItem, getItems, keys, queryEach, type Table } from "./table.ts";

/** Items are read so many at a time; one page of the catalogue, and one more to see whether there is another. */
const READ_AT_ONCE = MOST_COURSES + 1;

const OWN_FIELDS = ["PK", "SK", ...Object.keys(ownCourseSchema.shape)];

const keysOf = (courseIds: string[]) => [...new Set(courseIds)].map(keys.course);

type CourseQuery = Partial<Parameters<typeof queryEach>[1]>;

/** @param report told of a course that is not of the schema's shape; the rest of the catalogue goes on without it */
export function createCourseStore(table: Table, report: ReportUnreadable): CourseStore {
  function readIfPossible(item: unknown): Course | undefined {
    return readItems(courseSchema, [item], report)[0];
  }

  async function* listWhere(condition: string, query: CourseQuery): AsyncGenerator<Course> {
    const items = queryEach(table, {
      IndexName: "GSI1",
      KeyConditionExpression: `GSI1PK = :courses${condition}`,
      Limit: READ_AT_ONCE,
      ...query,
      ExpressionAttributeValues: { ":courses": "COURSES", ...query.ExpressionAttributeValues },
    });
    for await (const item of items) {
      const course = readIfPossible(item);
      if (course) yield course;
    }
  }

  const listCoursesAfter = (courseId: string | undefined) =>
    courseId === undefined
      ? listWhere("", {})
      : listWhere(" AND GSI1SK > :after", { ExpressionAttributeValues: { ":after": courseId } });

  return {
    async listCourses() {
      const courses: Course[] = [];
      // As much at once as DynamoDB gives.
      for await (const course of listWhere("", { Limit: undefined })) courses.push(course);
      return courses;
    },

    listCoursesAfter,

    listCoursesBefore: (courseId) =>
      listWhere(" AND GSI1SK < :before", {
        ExpressionAttributeValues: { ":before": courseId },
        ScanIndexForward: false,
      }),

    async findCourse(courseId) {
      const item = await getItem(table, keys.course(courseId));
      return item ? readItem(courseSchema, item) : undefined;
    },

    async findCourses(courseIds) {
      return readItems(courseSchema, await getItems(table, keysOf(courseIds)), report);
    },

    async findOwnCourses(courseIds) {
      return readItems(ownCourseSchema, await getItems(table, keysOf(courseIds), OWN_FIELDS), report);
    },
  };
}

/** How a course is stored; also what seeding writes. */
export function courseItem(course: Course): Record<string, unknown> {
  return { ...keys.course(course.courseId), GSI1PK: "COURSES", GSI1SK: course.courseId, ...course };
}
