import { expect, test } from "vitest";
import { sources } from "./imports-of.ts";
import { readTracked } from "./tracked-files.ts";

const filesWith = (pattern: RegExp) => sources.filter((file) => pattern.test(readTracked(file)));

test("money is written in one module", () => {
  expect(filesWith(/style: "currency"/)).toEqual(["workflow/money.ts"]);
});

test("no locale of the surroundings reaches Intl unread", () => {
  expect(filesWith(/new Intl\./)).toContain("client/dates.ts");
  expect(filesWith(/new Intl\.\w+\((?!usableLocale\()|\.toLocale\w*String\(/)).toEqual([]);
});
