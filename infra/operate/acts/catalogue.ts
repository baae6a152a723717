/** What is done about the catalogue, signed. */
import type { Table } from "#handlers/adapters/dynamodb/table.ts";
import type { Course } from "#workflow/model.ts";
import { type WrittenCourses, writeCourses } from "../seed/write-courses.ts";
import type { Signed } from "./open-ledger.ts";

/** What changes nothing is no act. */
export const seedCourses = (
  courses: Course[],
  { ledger, reason }: Signed,
  table: Table,
): Promise<WrittenCourses> =>
  writeCourses(courses, table, (courseIds, write) =>
    ledger.act({ action: "seed", about: courseIds, reason }, write, () => ({
      isDone: true,
      text: `${courseIds.length} written`,
    })),
  );
