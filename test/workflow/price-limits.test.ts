import { expect, test } from "vitest";
import { findPriceFault } from "#workflow/price-limits.ts";

/** Intl puts a no-break space between code and number. */
const fault = (unitAmount: number, currency: string) =>
  findPriceFault(unitAmount, currency)?.replaceAll(/\s/g, " ");

test.each([
  [50, "usd"],
  [99_999_999, "usd"],
  [50, "jpy"],
  [30, "gbp"],
  [17_500, "huf"],
  [17_550, "huf"],
  [1_010, "kwd"],
  [500, "isk"],
  [1, "krw"],
  [120_000_000, "cop"],
  [999_999_999_999, "idr"],
])("%i %s can be charged", (unitAmount, currency) => {
  expect(fault(unitAmount, currency)).toBeUndefined();
});

test.each([
  [30, "usd", "30 ($0.30) is less than Stripe charges, 50 ($0.50) at least"],
  [49, "jpy", "49 (¥49) is less than Stripe charges, 50 (¥50) at least"],
  [17_499, "huf", "17499 (HUF 174.99) is less than Stripe charges, 17500 (HUF 175) at least"],
  [999, "mxn", "999 (MX$9.99) is less than Stripe charges, 1000 (MX$10.00) at least"],
  [0, "krw", "0 (₩0) is less than Stripe charges, 1 (₩1) at least"],
  [
    100_000_000,
    "usd",
    "100000000 ($1,000,000.00) is more than Stripe charges, 99999999 ($999,999.99) at most",
  ],
  [1_005, "kwd", "1005 (KWD 1.005) is no multiple of 10, as Stripe wants it"],
  [550, "isk", "550 (ISK 5.50) is no multiple of 100, as Stripe wants it"],
  [550, "ugx", "550 (UGX 5.50) is no multiple of 100, as Stripe wants it"],
  [5_000, "xyz", "Stripe charges no currency xyz"],
  [5_000, "hrk", "Stripe charges no currency hrk"],
  [5_000, "USD", "Stripe charges no currency USD"],
])("%i %s cannot: %s", (unitAmount, currency, expected) => {
  expect(fault(unitAmount, currency)).toBe(expected);
});
