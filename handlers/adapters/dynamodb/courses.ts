/** Courses in the table. */
import { type Course, courseSchema } from "#workflow/model.ts";
import type { CourseStore } from "#workflow/ports/stores.ts";
import { getItem, keys, queryAll, type Table } from "./table.ts";

/** @param onUnreadable told of a course that is not of the schema's shape; the rest of the catalogue goes on without it */
export function createCourseStore(table: Table, onUnreadable: (problem: string) => void): CourseStore {
  return {
    async listCourses() {
      const items = await queryAll(table, {
        IndexName: "GSI1",
        KeyConditionExpression: "GSI1PK = :courses",
        ExpressionAttributeValues: { ":courses": "COURSES" },
      });
      return items.flatMap((item) => {
        const result = courseSchema.safeParse(item);
        if (!result.success) onUnreadable(`a course cannot be read: ${result.error.message}`);
        return result.success ? [result.data] : [];
      });
    },

    async findCourse(courseId) {
      const item = await getItem(table, keys.course(courseId));
      return item ? courseSchema.parse(item) : undefined;
    },
  };
}

/** How a course is stored; also what seeding writes. */
export function courseItem(course: Course): Record<string, unknown> {
  return { ...keys.course(course.courseId), GSI1PK: "COURSES", GSI1SK: course.courseId, ...course };
}
