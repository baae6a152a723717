/** Enrollments in the table. */
import { type Enrollment, enrollmentSchema } from "#workflow/model.ts";
import type { EnrollmentRecords, EnrollmentStore } from "#workflow/ports/stores.ts";
import { readItem, readItems } from "./read-item.ts";
import { deleteItemIf, getItem, keys, putItemIf, queryAll, queryEach, type Table } from "./table.ts";

export function createEnrollmentStore(table: Table): EnrollmentStore & EnrollmentRecords {
  return {
    async findEnrollment(userId, courseId) {
      const item = await getItem(table, keys.enrollment(userId, courseId));
      return item ? readItem(enrollmentSchema, item) : undefined;
    },

    async listEnrollments(userId, report) {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :student AND begins_with(SK, :enrollments)",
        ExpressionAttributeValues: { ":student": `USER#${userId}`, ":enrollments": "ENROLLMENT#" },
        ConsistentRead: true,
      });
      return readItems(enrollmentSchema, items, report);
    },

    async *listEnrollmentsOf(courseId, { since, until }, report) {
      const items = queryEach(table, {
        IndexName: "GSI1",
        KeyConditionExpression: "GSI1PK = :course AND GSI1SK BETWEEN :since AND :until",
        ExpressionAttributeValues: {
          ":course": `COURSE#${courseId}`,
          ":since": since.toISOString(),
          // The last instant that is before it.
          ":until": new Date(until.getTime() - 1).toISOString(),
        },
      });
      for await (const item of items) {
        const { GSI1SK: at } = item as { GSI1SK: string };
        yield* readItems(enrollmentSchema, [item], (record) => report(record, at));
      }
    },

    createEnrollment: (enrollment) =>
      putItemIf(table, enrollmentItem(enrollment), { ConditionExpression: "attribute_not_exists(PK)" }),

    deleteEnrollment: (userId, courseId, checkoutSessionId) =>
      deleteItemIf(table, keys.enrollment(userId, courseId), {
        ConditionExpression: "stripeSessionId = :session",
        ExpressionAttributeValues: { ":session": checkoutSessionId },
      }),
  };
}

/** How an enrollment is stored. */
export function enrollmentItem(enrollment: Enrollment): Record<string, unknown> {
  const { userId, courseId, enrolledAt } = enrollment;
  return {
    ...keys.enrollment(userId, courseId),
    GSI1PK: `COURSE#${courseId}`,
    GSI1SK: enrolledAt,
    ...enrollment,
  };
}
