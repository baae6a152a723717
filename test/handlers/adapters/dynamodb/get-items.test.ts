import type { BatchGetCommandInput } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { courseItem, createCourseStore } from "#handlers/adapters/dynamodb/courses.ts";
import { getItems, keys, putItem, type Table } from "#handlers/adapters/dynamodb/table.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { useRealTable } from "#test/support/real-table.ts";

const realTable = useRealTable();
const never = (record: unknown) => {
  throw record;
};

test("courses are found by their ids, more than DynamoDB reads at once, each once, without those that are gone", async () => {
  const courseIds = Array.from({ length: 130 }, (_, index) => `COURSE-${index}`);
  for (const courseId of courseIds) await putItem(realTable(), courseItem({ ...paidCourse, courseId }));
  const { findCourses } = createCourseStore(realTable(), never);
  const found = await findCourses([...courseIds, "COURSE-7", "COURSE-GONE"]);
  expect(found.map(({ courseId }) => courseId).sort()).toEqual(courseIds.toSorted());
  await expect(findCourses([])).resolves.toEqual([]);
});

test("of a student's courses only what the list shows is read", async () => {
  const accessUrl = "https://example.com/courses/1";
  await putItem(realTable(), courseItem({ ...paidCourse, accessUrl, description: "long" }));
  const { findOwnCourses } = createCourseStore(realTable(), never);
  const { courseId, name, instructor } = paidCourse;
  await expect(findOwnCourses([courseId, "GONE"])).resolves.toEqual([
    { courseId, name, instructor, accessUrl },
  ]);
  const [item] = await getItems(realTable(), [keys.course(courseId)], ["PK", "name"]);
  expect(item).toEqual({ PK: `COURSE#${courseId}`, name });
});

test("what DynamoDB leaves of a large answer is asked for again", async () => {
  const asked: number[] = [];
  const client = {
    async send({ input }: { input: BatchGetCommandInput }) {
      const wanted = input.RequestItems?.["a-table"]?.Keys ?? [];
      asked.push(wanted.length);
      const [first, ...rest] = wanted;
      return {
        Responses: { "a-table": [first] },
        UnprocessedKeys: rest.length > 0 ? { "a-table": { Keys: rest } } : {},
      };
    },
  };
  const table = { tableName: "a-table", client } as unknown as Table;
  const wanted = ["a", "b", "c"].map((PK) => ({ PK, SK: "METADATA" }));
  await expect(getItems(table, wanted)).resolves.toEqual(wanted);
  expect(asked).toEqual([3, 2, 1]);
});
