import { expect, test } from "vitest";
import { formatDate } from "#client/dates.ts";
import { formatMoney, formatPrice } from "#client/money.ts";
import { freeCourse, paidCourse } from "./student-site.tsx";

test.each([
  [4900, "usd", "en-US", "$49.00"],
  [4905, "eur", "de-DE", "49,05 €"],
  [4900, "jpy", "en-US", "¥4,900"],
  [4900, "krw", "en-US", "₩4,900"],
  [4900, "kwd", "en-US", "KWD 4.900"],
  [1, "usd", "en-US", "$0.01"],
])("%i minor units of %s read %s as %s", (unitAmount, currency, locale, expected) => {
  const shown = formatMoney(unitAmount, currency, locale).replaceAll(/\s/g, " ");
  expect(shown).toBe(expected);
});

test("a currency that Stripe counts in hundredths is not shown a hundred times too dear where Intl has no decimals", () => {
  expect(formatMoney(490_000, "isk", "en-US").replaceAll(/\s/g, " ")).toBe("ISK 4,900");
});

test("a course without a price is called free", () => {
  expect(formatPrice(freeCourse, "en-US")).toBe("Free");
  expect(formatPrice(paidCourse, "en-US")).toBe("$49.00");
});

test("a day is written as the student's country writes it", () => {
  expect(formatDate("2026-10-03T12:00:00Z", "en-US")).toBe("October 3, 2026");
  expect(formatDate("2026-10-03T12:00:00Z", "de-DE")).toBe("3. Oktober 2026");
});
