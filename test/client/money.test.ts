import { expect, test } from "vitest";
import { formatDate } from "#client/dates.ts";
import { priceOf } from "#client/money.ts";
import { formatPercent } from "#client/numbers.ts";
import { english } from "#client/words/english.ts";
import { german } from "#client/words/german.ts";
import { freeCourse, paidCourse } from "./student-site.tsx";

const american = { words: english, locale: "en-US" };
const inGerman = { words: german, locale: "de-DE" };
const plain = (text: string) => text.replaceAll(/\s/g, " ");

test("a course without a price is called free", () => {
  expect(priceOf(freeCourse, american)).toBe("Free");
  expect(priceOf(freeCourse, inGerman)).toBe("Kostenlos");
});

test("a price is written as the student's country writes it", () => {
  expect(priceOf(paidCourse, american)).toBe("$49.00");
  expect(plain(priceOf(paidCourse, inGerman))).toBe("49,00 $");
  const inForints = { ...paidCourse, unitAmount: 500_000, currency: "huf" };
  expect(plain(priceOf(inForints, american))).toBe("HUF 5,000");
});

test("a day and a percentage are written as the student's country writes them", () => {
  expect(formatDate("2026-10-03T12:00:00Z", "en-US")).toBe("October 3, 2026");
  expect(formatDate("2026-10-03T12:00:00Z", "de-DE")).toBe("3. Oktober 2026");
  expect(formatPercent(40, "en-US")).toBe("40%");
  expect(plain(formatPercent(40, "de-DE"))).toBe("40 %");
});
