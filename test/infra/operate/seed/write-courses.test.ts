import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import type { Table } from "#handlers/adapters/dynamodb/table.ts";
import { writeCourses } from "#infra/operate/seed/write-courses.ts";
import { paidCourse } from "#test/support/payment-events.ts";

const courses = ["ONE", "TWO", "THREE"].map((courseId) => ({ ...paidCourse, courseId }));

/** A table without courses that fails at the n-th of the requests that are of interest. */
function failingTable(failing: number, isOfInterest: (command: object) => boolean) {
  const commands: object[] = [];
  const send = async (command: object) => {
    commands.push(command);
    if (commands.filter(isOfInterest).length === failing && isOfInterest(command))
      throw new Error("It was refused.");
    return {};
  };
  const table = { tableName: "courses", client: { send } } as unknown as Table;
  return { table, commands };
}

const isWrite = (command: object) => command instanceof PutCommand;

test("nothing is written when one course cannot be read first", async () => {
  const { table, commands } = failingTable(3, (command) => !isWrite(command));
  await expect(writeCourses(courses, table)).rejects.toThrow("It was refused.");
  expect(commands.filter(isWrite)).toEqual([]);
});

test("a write that fails says how far it came, and that the same command goes on", async () => {
  await expect(writeCourses(courses, failingTable(3, isWrite).table)).rejects.toThrow(
    "It was refused. ONE, TWO had been written by then. The same command again writes the rest.",
  );
  await expect(writeCourses(courses, failingTable(1, isWrite).table)).rejects.toThrow(
    "Nothing had been written by then",
  );
});
