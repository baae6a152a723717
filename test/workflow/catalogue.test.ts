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
    const page = await readCatalogue({ after }, stores);
    sizes.push(page.courses.length);
    ids.push(...page.courses.map(({ courseId }) => courseId));
    after = page.next;
  } while (after);
  return { sizes, ids };
}

test.each([
  [0, [0]],
  [1, [1]],
  [48, [48]],
  [49, [48, 1]],
  [120, [48, 48, 24]],
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
  expect(sizes).toEqual([48, 27]);
  await expect(readPages(courses.map((course) => ({ ...course, status: "retired" })))).resolves.toEqual({
    sizes: [0],
    ids: [],
  });
});

test("pages are read backwards as they were read forwards", async () => {
  const courses = Array.from({ length: 120 }, (_, number) => courseNumber(number));
  const stores = createInMemoryStores({ courses });
  const first = await readCatalogue({}, stores);
  const second = await readCatalogue({ after: first.next }, stores);
  const third = await readCatalogue({ after: second.next }, stores);
  expect(first).not.toHaveProperty("previous");
  expect(third).not.toHaveProperty("next");
  await expect(readCatalogue({ before: third.previous }, stores)).resolves.toEqual(second);
  const { next, ...rest } = first;
  await expect(readCatalogue({ before: second.previous }, stores)).resolves.toEqual({ ...rest, next });
});

test("an address beyond the last course has an empty page", async () => {
  const stores = createInMemoryStores({ courses: [courseNumber(1)] });
  await expect(readCatalogue({ after: "X" }, stores)).resolves.toEqual({ courses: [] });
});

test("a list has the beginning of a long description, without half a character", async () => {
  const descriptions = ["short", "x".repeat(240), `${"x".repeat(239)} yz`, "👩".repeat(300)];
  const courses = descriptions.map((description, number) => courseNumber(number, { description }));
  const page = await readCatalogue({}, createInMemoryStores({ courses }));
  expect(page.courses.map(({ description }) => description)).toEqual([
    "short",
    "x".repeat(240),
    `${"x".repeat(239)}…`,
    `${"👩".repeat(240)}…`,
  ]);
});

test("long texts make short pages, under fifty kilobytes in any script", async () => {
  const courses = Array.from({ length: 100 }, (_, number) =>
    courseNumber(number, { name: "日".repeat(500), description: "本".repeat(1_000) }),
  );
  const stores = createInMemoryStores({ courses });
  const page = await readCatalogue({}, stores);
  expect(page.courses.length).toBeGreaterThan(5);
  expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(50_000);
  expect((await readPages(courses)).ids).toHaveLength(100);
});

test("a course that is too long for any page has one of its own", async () => {
  const courses = [courseNumber(1), courseNumber(2, { name: "x".repeat(400_000) }), courseNumber(3)];
  expect((await readPages(courses)).sizes).toEqual([1, 1, 1]);
});
