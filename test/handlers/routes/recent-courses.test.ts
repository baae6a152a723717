import { beforeEach, describe, expect, test } from "vitest";
import { createRecentCourses } from "#handlers/routes/recent-courses.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { freeCourse, paidCourse } from "#test/support/payment-events.ts";
import { NOON } from "#test/support/purchases.ts";

let stores: InMemoryStores;
let time: number;
let asked: string[][];
let find: (courseIds: string[]) => Promise<(string | undefined)[]>;

beforeEach(() => {
  stores = createInMemoryStores({ courses: [paidCourse, freeCourse] });
  time = Date.parse(NOON);
  asked = [];
  const { findOwnCourses } = stores;
  stores.findOwnCourses = (courseIds) => {
    asked.push(courseIds);
    return findOwnCourses(courseIds);
  };
  const recent = createRecentCourses(
    { findOwnCourses: (ids) => stores.findOwnCourses(ids) },
    () => new Date(time),
  );
  find = async (courseIds) => (await recent.findOwnCourses(courseIds)).map(({ name }) => name);
});

const BOTH = [paidCourse.courseId, freeCourse.courseId];
const NAMES = [paidCourse.name, freeCourse.name];

describe("what a student's courses are called", () => {
  test("is read once, however many ask at once, and for a minute", async () => {
    await expect(Promise.all([find(BOTH), find(BOTH)])).resolves.toEqual([NAMES, NAMES]);
    time += 59_999;
    await expect(find(BOTH)).resolves.toEqual(NAMES);
    expect(asked).toEqual([BOTH]);
  });

  test("is read again when the minute is over", async () => {
    await find(BOTH);
    stores.courses.set(paidCourse.courseId, { ...paidCourse, name: "Renamed" });
    time += 60_000;
    await expect(find(BOTH)).resolves.toEqual(["Renamed", freeCourse.name]);
  });

  test("is read of what was not asked for before, and of nothing else", async () => {
    await find([paidCourse.courseId]);
    await find(BOTH);
    expect(asked).toEqual([[paidCourse.courseId], [freeCourse.courseId]]);
  });

  test("is asked for each time of a course that is not there, which may just have come", async () => {
    await expect(find(["NEW"])).resolves.toEqual([]);
    stores.courses.set("NEW", { ...freeCourse, courseId: "NEW", name: "New" });
    await expect(find(["NEW"])).resolves.toEqual(["New"]);
  });

  test("is asked for again after a failure, which everybody hears of who waited", async () => {
    const { findOwnCourses } = stores;
    stores.findOwnCourses = () => Promise.reject(new Error("the table is away"));
    const [one, other] = await Promise.allSettled([find(BOTH), find(BOTH)]);
    expect([one?.status, other?.status]).toEqual(["rejected", "rejected"]);
    stores.findOwnCourses = findOwnCourses;
    await expect(find(BOTH)).resolves.toEqual(NAMES);
  });
});
