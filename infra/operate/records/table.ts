/** Students, courses, enrollments, purchases and open checkouts, as handlers find them and by what an operator has. */
import { createCourseStore } from "#handlers/adapters/dynamodb/courses.ts";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { createStudentStore } from "#handlers/adapters/dynamodb/students.ts";
import type { Table } from "#handlers/adapters/dynamodb/table.ts";
import { createTableLookup } from "#handlers/adapters/dynamodb/table-lookup.ts";

export type TableRecords = ReturnType<typeof createTableRecords>;

export function createTableRecords(table: Table) {
  const { findStudent } = createStudentStore(table);
  const { findPurchase, listPurchases } = createPurchaseStore(table);
  const { findEnrollment, listEnrollments } = createEnrollmentStore(table);
  const { findCourse } = createCourseStore(table, () => {});
  return {
    findStudent,
    findEnrollment,
    listEnrollments,
    findPurchase,
    listPurchases,
    findCourse,
    ...createTableLookup(table),
  };
}
