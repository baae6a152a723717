import * as fc from "fast-check";
import { expect, test } from "vitest";
import { usableLocale } from "#workflow/locale.ts";

test.each([
  ["de-DE", "de-DE"],
  ["en-US@posix", "en-US"],
  ["hu_HU.UTF-8", "hu-HU"],
  ["C", "en"],
  ["auto", "en"],
  ["", "en"],
  [undefined, "en"],
  [null, "en"],
])("a locale called %s is read as %s", (wanted, expected) => {
  expect(usableLocale(wanted)).toBe(expected);
});

test("whatever the surroundings call their locale, Intl takes what is made of it", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z]{1,8}([-_.@][A-Za-z0-9]{1,8}){0,3}$/)),
      (wanted) => {
        expect(new Intl.NumberFormat(usableLocale(wanted)).format(1)).not.toBe("");
        expect(new Intl.DateTimeFormat(usableLocale(wanted)).format(0)).not.toBe("");
      },
    ),
  );
});
