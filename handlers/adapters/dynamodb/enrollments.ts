/** Enrollments in the table. */
import { type Enrollment, enrollmentSchema } from "#workflow/model.ts";
import type { EnrollmentRecords, EnrollmentStore } from "#workflow/ports/stores.ts";
import { getItem, keys, putItemIf, queryAll, type Table } from "./table.ts";

export function createEnrollmentStore(table: Table): EnrollmentStore & EnrollmentRecords {
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

    async listEnrollmentsSince(courseId, since) {
      const items = await queryAll(table, {
        IndexName: "GSI1",
        KeyConditionExpression: "GSI1PK = :course AND GSI1SK >= :since",
        ExpressionAttributeValues: { ":course": `COURSE#${courseId}`, ":since": since.toISOString() },
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
