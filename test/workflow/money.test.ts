import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMoney, minorUnitDigits, toMinorUnits } from "#workflow/money.ts";

const show = (amount: number, currency: string, locale?: string) =>
  formatMoney(amount, currency, locale).replaceAll(/\s/g, " ");

describe("an amount is written as Stripe counts it", () => {
  test.each([
    [4900, "usd", "en-US", "$49.00"],
    [1, "usd", "en-US", "$0.01"],
    [4905, "eur", "de-DE", "49,05 €"],
    [4900, "jpy", "en-US", "¥4,900"],
    [4900, "krw", "en-US", "₩4,900"],
    [4900, "mga", "en-US", "MGA 4,900"],
    [4900, "kwd", "en-US", "KWD 4.900"],
    [490_050, "rsd", "en-US", "RSD 4,900.50"],
    [-4900, "usd", "en-US", "-$49.00"],
  ])("%i minor units of %s read %s as %s", (amount, currency, locale, expected) => {
    expect(show(amount, currency, locale)).toBe(expected);
  });

  test.each(["huf", "isk", "ugx"])("500000 %s read 5,000, and what is left over is shown", (currency) => {
    const code = currency.toUpperCase();
    expect(show(500_000, currency)).toBe(`${code} 5,000`);
    expect(show(490_050, currency)).toBe(`${code} 4,900.50`);
  });

  test("500000 twd read 5,000", () => {
    expect(show(500_000, "twd")).toBe("NT$5,000");
  });

  test("a currency in capital letters is the same currency", () => {
    expect(show(500_000, "HUF")).toBe(show(500_000, "huf"));
  });

  test("a currency that is none is shown as it is", () => {
    expect(show(4900, "dollars")).toBe("49.00 dollars");
  });

  test.each(["C", "en-US@posix", "auto", ""])("a locale called %j does no harm", (locale) => {
    expect(show(4900, "usd", locale)).toBe("$49.00");
  });
});

describe("a price is read exactly", () => {
  test.each([
    [49, "usd", 4900],
    ["49.9", "usd", 4990],
    [0.29, "usd", 29],
    ["1.01", "kwd", 1010],
    [4900, "jpy", 4900],
    ["5000", "huf", 500_000],
    ["4900.50", "huf", 490_050],
    ["5000", "ugx", 500_000],
    ["0", "usd", 0],
  ])("a price of %s %s is %i minor units", (price, currency, expected) => {
    expect(toMinorUnits(price, currency)).toBe(expected);
  });

  test.each([
    ["49.999", "usd", "49.999 usd has more than 2 decimals"],
    [0.1 + 0.2, "eur", "0.30000000000000004 eur has more than 2 decimals"],
    ["4900.5", "jpy", "4900.5 jpy has more than 0 decimals"],
    ["49.000", "usd", "49.000 usd has more than 2 decimals"],
    ["5000.50", "isk", "5000.50 isk cannot be charged, only what ends in 00"],
    ["1.005", "kwd", "1.005 kwd cannot be charged, only what ends in 0"],
    ["1e3", "usd", "1e3 is no price, as in 49 or 49.90"],
    ["-49", "usd", "-49 is no price, as in 49 or 49.90"],
    ["49,90", "usd", "49,90 is no price, as in 49 or 49.90"],
    [" 49", "usd", " 49 is no price, as in 49 or 49.90"],
    ["", "usd", " is no price, as in 49 or 49.90"],
    [Number.NaN, "usd", "NaN is no price, as in 49 or 49.90"],
    ["99999999999999999", "usd", "99999999999999999 usd is too much to be counted exactly"],
  ])("a price of %s %s is refused: %s", (price, currency, message) => {
    expect(() => toMinorUnits(price, currency)).toThrow(new RangeError(message));
  });
});

const currencies = fc.constantFrom(..."usd eur jpy krw bhd kwd huf isk twd ugx rsd idr".split(" "));

test("what is written in English and read back is the same amount, to the last unit", () => {
  fc.assert(
    fc.property(currencies, fc.maxSafeNat(), (currency, some) => {
      const step = { isk: 100, ugx: 100, bhd: 10, kwd: 10 }[currency] ?? 1;
      const amount = some - (some % step);
      const text = formatMoney(amount, currency, "en").replaceAll(/[^\d.]/g, "");
      expect(toMinorUnits(text, currency)).toBe(amount);
    }),
  );
});

test("a price has no more digits than its currency, and loses none of them", () => {
  fc.assert(
    fc.property(currencies, fc.nat(), fc.integer({ min: 1, max: 99 }), (currency, whole, more) => {
      const tooFine = `${whole}.${"0".repeat(minorUnitDigits(currency))}${more}`;
      expect(() => toMinorUnits(tooFine, currency)).toThrow(RangeError);
      expect(toMinorUnits(whole, currency)).toBe(whole * 10 ** minorUnitDigits(currency));
    }),
  );
});
