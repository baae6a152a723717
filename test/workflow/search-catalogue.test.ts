import { beforeEach, describe, expect, test } from "vitest";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { freeCourse, paidCourse } from "#test/support/payment-events.ts";
import type { CoursesQuery } from "#workflow/courses-query.ts";
import type { Course } from "#workflow/model.ts";
import { createSearch } from "#workflow/search-catalogue.ts";

const courseNumber = (number: number, more: Partial<Course> = {}) =>
  ({
    ...(number % 2 ? paidCourse : freeCourse),
    courseId: `COURSE-${String(number).padStart(4, "0")}`,
    name: `Course ${number}`,
    description: "What there is to know.",
    instructor: "Barbara Liskov",
    ...more,
  }) as Course;

let time = 0;
const now = () => new Date(time);

beforeEach(() => {
  time = 0;
});

const searchIn = (courses: Course[]) => createSearch(createInMemoryStores({ courses }), now);

/** @returns ids of the first page */
async function find(courses: Course[], query: CoursesQuery): Promise<string[]> {
  const { courses: found } = await searchIn(courses)(query);
  return found.map(({ courseId }) => courseId);
}

describe("a search", () => {
  const courses = Array.from({ length: 2_000 }, (_, number) => courseNumber(number));

  test("finds any course of two thousand", async () => {
    const search = searchIn(courses);
    for (const number of [0, 1, 999, 1_999]) {
      const { courses: found } = await search({ q: `course ${number}` });
      expect(found.map(({ name }) => name)).toContain(`Course ${number}`);
    }
    await expect(search({ q: "1999" })).resolves.toMatchObject({
      courses: [{ name: "Course 1999" }],
      total: 1,
    });
  });

  test("goes through all of a long description, of which the list shows the beginning", async () => {
    const long = courseNumber(7, { description: `${"x ".repeat(2_000)} needle` });
    const { courses: found } = await searchIn([...courses.slice(0, 5), long])({ q: "needle" });
    expect(found).toHaveLength(1);
    expect(found[0]?.description.length).toBeLessThan(300);
  });

  test.each([
    ["CAFE", "Café culture"],
    ["café", "CAFE CULTURE"],
    ["cafe\u0301", "Caf\u00e9 culture"],
    ["strasse", "Die Straße"],
    ["straße", "DIE STRASSE"],
    ["lodz", "Łódź by night"],
    ["ﬁ", "Finance"],
    ["istanbul", "İstanbul"],
    ["東京", "東京の地図"],
    ["(a+)+$", "Regular (a+)+$ expressions"],
  ])("for %j finds %j, whatever the case and the accents", async (q, name) => {
    await expect(find([courseNumber(1, { name }), courseNumber(2)], { q })).resolves.toEqual(["COURSE-0001"]);
  });

  test("wants every word, wherever it stands, and puts names first", async () => {
    const described = courseNumber(1, { description: "About money and time." });
    const named = courseNumber(2, { name: "Time is money" });
    const half = courseNumber(3, { name: "Money" });
    await expect(find([described, named, half], { q: " money  time " })).resolves.toEqual([
      "COURSE-0002",
      "COURSE-0001",
    ]);
  });

  test("is by price too, and never finds what is retired", async () => {
    const mixed = [0, 1, 2, 3].map((number) =>
      courseNumber(number, { status: number === 2 ? "retired" : "published" }),
    );
    await expect(find(mixed, { price: "free" })).resolves.toEqual(["COURSE-0000"]);
    await expect(find(mixed, { price: "paid", q: "course" })).resolves.toEqual([
      "COURSE-0001",
      "COURSE-0003",
    ]);
  });

  test("without a match says that there is none", async () => {
    await expect(searchIn(courses)({ q: "nothing" })).resolves.toEqual({ courses: [], total: 0 });
  });

  test("has pages, forwards and backwards", async () => {
    const search = searchIn(courses);
    const first = await search({ price: "free" });
    const second = await search({ price: "free", after: first.next });
    expect([first.total, first.courses.length, first.previous]).toEqual([1_000, 48, undefined]);
    expect(second.courses[0]?.name).toBe("Course 96");
    await expect(search({ price: "free", before: second.previous })).resolves.toEqual(first);
    // A course that is gone by now: there is a page all the same.
    await expect(search({ price: "free", after: "GONE" })).resolves.toEqual(first);
  });
});

describe("what is searched", () => {
  test("is read once a minute, however often and by however many it is asked for", async () => {
    let reads = 0;
    const courses = [courseNumber(1)];
    const listCourses = async () => {
      reads += 1;
      return courses;
    };
    const search = createSearch({ listCourses }, now);
    await Promise.all([search({ q: "a" }), search({ q: "b" }), search({ price: "free" })]);
    time = 59_999;
    await search({ q: "course" });
    expect(reads).toBe(1);
    courses.push(courseNumber(2));
    time = 60_000;
    await expect(search({ q: "course" })).resolves.toMatchObject({ total: 2 });
    expect(reads).toBe(2);
  });

  test("is read again after it could not be read", async () => {
    let isDown = true;
    const listCourses = async () => {
      if (isDown) throw new Error("away");
      return [courseNumber(1)];
    };
    const search = createSearch({ listCourses }, now);
    await expect(search({ q: "course" })).rejects.toThrow("away");
    isDown = false;
    await expect(search({ q: "course" })).resolves.toMatchObject({ total: 1 });
  });
});
