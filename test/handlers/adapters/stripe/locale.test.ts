import * as fc from "fast-check";
import { expect, test } from "vitest";
import { spokenLocale } from "#handlers/adapters/stripe/locale.ts";

test.each([
  ["de", "de"],
  ["de-AT", "de"],
  ["en-gb", "en-GB"],
  ["fr-CA", "fr-CA"],
  ["zh-HK", "zh-HK"],
  ["zh-Hant-MO", "zh"],
  ["ar", "auto"],
  ["C", "auto"],
  ["", "auto"],
  ["auto", "auto"],
])("a student whose language is %o has the form in %o", (tag, spoken) => {
  expect(spokenLocale(tag)).toBe(spoken);
});

test("whatever a client sends, Stripe is asked for what it speaks", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 64 }), (tag) => {
      expect(spokenLocale(tag)).toMatch(/^(auto|[a-z]{2,3}(-([A-Z]{2}|419))?)$/);
    }),
  );
});
