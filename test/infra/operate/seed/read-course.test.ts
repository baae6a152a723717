import { describe, expect, test } from "vitest";
import { readCourse } from "#infra/operate/seed/read-course.ts";
import { paidCourse } from "#test/support/payment-events.ts";

/** As short as a course can be in a file. */
const paid = {
  courseId: "PAID-1",
  name: "Reliable Payments",
  description: "",
  instructor: "Barbara Liskov",
  pricingModel: "paid",
  unitAmount: 4900,
  currency: "usd",
};
const { unitAmount, currency, ...unpriced } = paid;
const free = { ...unpriced, pricingModel: "free" };

/** Intl puts a no-break space between code and number. */
const faultsOf = (entry: unknown) => readCourse(entry).faults.map((fault) => fault.replaceAll(/\s/g, " "));

describe("a course of a file", () => {
  test("needs little, and gets the rest by default", () => {
    expect(readCourse(paid)).toEqual({
      course: { ...paid, status: "published", learningObjectives: [], curriculum: [] },
      faults: [],
    });
    expect(faultsOf(free)).toEqual([]);
    expect(faultsOf({ ...paidCourse, status: "retired", accessUrl: "https://example.com/a" })).toEqual([]);
  });

  test.each([
    [49, "usd", 4900],
    ["49.00", "usd", 4900],
    ["49.9", "usd", 4990],
    [0.57, "usd", 57],
    [4900, "jpy", 4900],
    ["4.900", "kwd", 4900],
    [5000, "isk", 500_000],
  ])("may say its price in major units: %s %s is %i", (price, code, expected) => {
    const { course, faults } = readCourse({ ...unpriced, price, currency: code });
    expect([course, faults]).toMatchObject([{ unitAmount: expected, currency: code }, []]);
    expect(course).not.toHaveProperty("price");
  });

  test.each<[what: string, more: object, faults: string[]]>([
    [
      "less than Stripe charges",
      { unitAmount: 30 },
      ["unitAmount 30 ($0.30) is less than Stripe charges, 50 ($0.50) at least"],
    ],
    [
      "more than Stripe charges",
      { unitAmount: 100_000_000 },
      ["unitAmount 100000000 ($1,000,000.00) is more than Stripe charges, 99999999 ($999,999.99) at most"],
    ],
    [
      "a third decimal",
      { unitAmount: 4905, currency: "kwd" },
      ["unitAmount 4905 (KWD 4.905) is no multiple of 10, as Stripe wants it"],
    ],
    [
      "half a króna",
      { unitAmount: 5050, currency: "isk" },
      ["unitAmount 5050 (ISK 50.50) is no multiple of 100, as Stripe wants it"],
    ],
    ["an unknown currency", { currency: "xyz" }, ["unitAmount Stripe charges no currency xyz"]],
    ["a currency in capitals", { currency: "USD" }, ["currency must be three lower-case letters, as in usd"]],
    ["an unknown field", { prise: 49 }, ['Unrecognized key: "prise"']],
    [
      "an unknown field of the curriculum",
      { curriculum: [{ title: "One", lesons: [], lessons: [] }] },
      ['curriculum.0 Unrecognized key: "lesons"'],
    ],
    ["a blank name", { name: "  " }, ["name must not be blank"]],
    ["a name of 501 characters", { name: "n".repeat(501) }, ["name must not be longer than 500 characters"]],
    ["an address without https", { accessUrl: "http://example.com" }, ["accessUrl must be an https address"]],
    ["an address that is none", { accessUrl: "javascript:alert(1)" }, ["accessUrl must be an https address"]],
    ["400 kB", { description: "d".repeat(410_000) }, ["must not be larger than 400 kB"]],
    [
      "an unknown status",
      { status: "draft" },
      ['status Invalid option: expected one of "published"|"retired"'],
    ],
    ["both prices", { price: 49 }, ["has both price and unitAmount; give one"]],
  ])("with %s is refused", (_what, more, expected) => {
    expect(faultsOf({ ...paid, ...more })).toEqual(expected);
  });

  test.each([
    ["49.005", "usd", "price 49.005 usd has more than 2 decimals"],
    ["4900.5", "jpy", "price 4900.5 jpy has more than 0 decimals"],
    ["4.905", "kwd", "price 4.905 kwd cannot be charged, only what ends in 0"],
    ["50.50", "isk", "price 50.50 isk cannot be charged, only what ends in 00"],
    ["49,00", "usd", "price 49,00 is no price, as in 49 or 49.90"],
    [-49, "usd", "price -49 is no price, as in 49 or 49.90"],
    [[49], "usd", "price must be a number or text, as in 49 or 49.90"],
    [0.3, "usd", "unitAmount 30 ($0.30) is less than Stripe charges, 50 ($0.50) at least"],
  ])("at a price of %s %s is refused", (price, code, expected) => {
    expect(faultsOf({ ...unpriced, price, currency: code })).toEqual([expected]);
  });

  test("that is free has no price", () => {
    expect(faultsOf({ ...free, price: 0 })).toEqual(['Unrecognized key: "price"']);
    expect(faultsOf({ ...free, unitAmount, currency })).toEqual([
      'Unrecognized keys: "unitAmount", "currency"',
    ]);
  });

  test("that is retired may be one that Stripe would not charge", () => {
    expect(faultsOf({ ...paid, unitAmount: 30, status: "retired" })).toEqual([]);
  });

  test("is told all of its faults at once", () => {
    const { faults } = readCourse({ ...paid, name: "", unitAmount: 30, accessUrl: "ftp://x", prise: 1 });
    expect(faults).toHaveLength(4);
  });

  test.each([null, 1, "course", []])("is an object, not %j", (entry) => {
    expect(faultsOf(entry)).toHaveLength(1);
  });
});
