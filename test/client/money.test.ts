import { afterEach, expect, test, vi } from "vitest";
import { formatDate } from "#client/dates.ts";
import { priceOf } from "#client/money.ts";
import { freeCourse, paidCourse } from "./student-site.tsx";

afterEach(() => vi.restoreAllMocks());

test("a course without a price is called free", () => {
  expect(priceOf(freeCourse, "en-US")).toBe("Free");
});

test("a price is written as the student's country writes it", () => {
  expect(priceOf(paidCourse, "en-US")).toBe("$49.00");
  expect(priceOf(paidCourse, "de-DE").replaceAll(/\s/g, " ")).toBe("49,00 $");
  const inForints = { ...paidCourse, unitAmount: 500_000, currency: "huf" };
  expect(priceOf(inForints, "en-US").replaceAll(/\s/g, " ")).toBe("HUF 5,000");
});

test("a day is written as the student's country writes it", () => {
  expect(formatDate("2026-10-03T12:00:00Z", "en-US")).toBe("October 3, 2026");
  expect(formatDate("2026-10-03T12:00:00Z", "de-DE")).toBe("3. Oktober 2026");
});

test.each(["C", "en-US@posix"])(
  "a browser whose language is %s shows prices and days all the same",
  (language) => {
    vi.spyOn(navigator, "language", "get").mockReturnValue(language);
    expect(priceOf(paidCourse)).toBe("$49.00");
    expect(formatDate("2026-10-03T12:00:00Z")).toBe("October 3, 2026");
  },
);
