/** What is kept in the table, for whichever function or program asks. */
import { createCourseStore } from "./adapters/dynamodb/courses.ts";
import { createEnrollmentStore } from "./adapters/dynamodb/enrollments.ts";
import { createOpenCheckoutStore } from "./adapters/dynamodb/open-checkouts.ts";
import { createPurchaseStore } from "./adapters/dynamodb/purchases.ts";
import { createStudentStore } from "./adapters/dynamodb/students.ts";
import type { Table } from "./adapters/dynamodb/table.ts";
import { reportUnreadable } from "./telemetry.ts";

export function openStores(table: Table) {
  return {
    courses: createCourseStore(table, reportUnreadable),
    students: createStudentStore(table),
    enrollments: createEnrollmentStore(table),
    openCheckouts: createOpenCheckoutStore(table),
    purchases: createPurchaseStore(table),
  };
}
