import { expect, test } from "vitest";
import { checkTotal, checkUnitAmount } from "#infra/local/stripe/checkout/amounts.ts";
import { findPriceFault } from "#workflow/price-limits.ts";

const EVERY_CODE = Intl.supportedValuesOf("currency").map((code) => code.toLowerCase());
const AMOUNTS = [
  1, 29, 30, 49, 50, 100, 110, 199, 200, 250, 300, 400, 999, 1_000, 1_001, 1_500, 17_499, 17_500, 99_999_900,
  99_999_999, 100_000_000, 999_999_900, 9_999_999_900, 99_999_999_900, 999_999_999_900, 1_000_000_000_000,
];

function isChargedByStandIn(amount: number, currency: string): boolean {
  try {
    checkUnitAmount(amount, currency);
    checkTotal(amount, currency);
    return true;
  } catch {
    return false;
  }
}

test("what is accepted for the catalogue is charged by Stripe's stand-in, in every currency", () => {
  const accepted = EVERY_CODE.flatMap((currency) =>
    AMOUNTS.filter((amount) => !findPriceFault(amount, currency)).map(
      (amount) => [amount, currency] as const,
    ),
  );
  expect(accepted.length).toBeGreaterThan(1_000);
  // Below the equivalent of 50 cents nobody but Stripe can tell.
  const refused = accepted.filter(
    ([amount, currency]) => amount >= 50 && !isChargedByStandIn(amount, currency),
  );
  expect(refused).toEqual([]);
});
