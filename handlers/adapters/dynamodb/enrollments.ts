/** Enrollments in the table. */
import { type Enrollment, enrollmentSchema } from "#workflow/model.ts";
import type { EnrollmentStore } from "#workflow/ports.ts";
import { getItem, keys, putItemIf, queryAll, type Table } from "./table.ts";

export function createEnrollmentStore(table: Table): EnrollmentStore {
  return {
    async findEnrollment(userId, courseId) {
      const item = await getItem(table, keys.enrollment(userId, courseId));
      return item ? enrollmentSchema.parse(item) : undefined;
    },

    async listEnrollments(userId) {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :student AND begins_with(SK, :enrollments)",
        ExpressionAttributeValues: { ":student": `USER#${userId}`, ":enrollments": "ENROLLMENT#" },
        ConsistentRead: true,
      });
      return items.map((item) => enrollmentSchema.parse(item));
    },

    createEnrollment: (enrollment) =>
      putItemIf(table, enrollmentItem(enrollment), { ConditionExpression: "attribute_not_exists(PK)" }),
  };
}

function enrollmentItem(enrollment: Enrollment): Record<string, unknown> {
  const { userId, courseId, enrolledAt } = enrollment;
  return {
    ...keys.enrollment(userId, courseId),
    GSI1PK: `COURSE#${courseId}`,
    GSI1SK: enrolledAt,
    ...enrollment,
  };
}
