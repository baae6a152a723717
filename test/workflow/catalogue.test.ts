import { expect, test } from "vitest";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { readCatalogue } from "#workflow/catalogue.ts";
import type { Course } from "#workflow/model.ts";

const courseNumber = (number: number, more: Partial<Course> = {}) =>
  ({ ...paidCourse, courseId: `COURSE-${String(number).padStart(4, "0")}`, ...more }) as Course;

/** @returns how many courses each page has, reading on until there are no more */
async function readPages(courses: Course[]): Promise<{ sizes: number[]; ids: string[] }> {
  const stores = createInMemoryStores({ courses });
  const sizes: number[] = [];
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await readCatalogue(after, stores);
    sizes.push(page.courses.length);
    ids.push(...page.courses.map(({ courseId }) => courseId));
    after = page.next;
  } while (after);
  return { sizes, ids };
}

test.each([
  [0, [0]],
  [1, [1]],
  [100, [100]],
  [101, [100, 1]],
  [250, [100, 100, 50]],
])("%i courses come in pages of %j, each course once and in order", async (count, expected) => {
  const courses = Array.from({ length: count }, (_, number) => courseNumber(number));
  const { sizes, ids } = await readPages(courses);
  expect(sizes).toEqual(expected);
  expect(ids).toEqual(courses.map(({ courseId }) => courseId));
});

test("retired courses leave no page empty that is followed by another", async () => {
  const courses = Array.from({ length: 450 }, (_, number) =>
    courseNumber(number, { status: number < 300 || number % 2 === 0 ? "retired" : "published" }),
  );
  const { sizes } = await readPages(courses);
  expect(sizes).toEqual([75]);
  await expect(readPages(courses.map((course) => ({ ...course, status: "retired" })))).resolves.toEqual({
    sizes: [0],
    ids: [],
  });
});

test("long descriptions make short pages, under a megabyte in any script", async () => {
  const description = "日".repeat(140_000);
  const courses = Array.from({ length: 6 }, (_, number) => courseNumber(number, { description }));
  expect((await readPages(courses)).sizes).toEqual([2, 2, 2]);
  const page = await readCatalogue(undefined, createInMemoryStores({ courses }));
  expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(1_000_000);
});

test("a course that is too long for any page has one of its own", async () => {
  const description = "x".repeat(400_000);
  const courses = [courseNumber(1), courseNumber(2, { description }), courseNumber(3)];
  expect((await readPages(courses)).sizes).toEqual([1, 1, 1]);
});
