/** A sale as chance draws it: a price in one of twelve currencies, a code, a tax; and now and then something that is wrong. */
import * as fc from "fast-check";
import { stepOf } from "#infra/local/stripe/checkout/amounts.ts";
import type { Reduction, Tax } from "#infra/local/stripe/checkout/pricing.ts";

export const CURRENCIES = [
  "usd",
  "eur",
  "gbp",
  "jpy",
  "krw",
  "huf",
  "isk",
  "ugx",
  "kwd",
  "bhd",
  "clp",
  "twd",
] as const;

/**
 * - `dearer`: the session asks for more than was quoted, or less
 * - `other-currency`: it asks for the same figure in another currency
 * - `underpaid`: less was charged than what is left after the discount
 * - `other-course`: it was opened elsewhere, at the price of another course
 */
export const WRONGS = ["dearer", "cheaper", "other-currency", "underpaid", "other-course"] as const;
export type Wrong = (typeof WRONGS)[number];

export interface Sale {
  unitAmount: number;
  currency: (typeof CURRENCIES)[number];
  reduction: Reduction | undefined;
  tax: Tax | undefined;
  wrong: Wrong | undefined;
}

const reductionOf = (unitAmount: number, step: number): fc.Arbitrary<Reduction | undefined> =>
  fc.oneof(
    fc.constant(undefined),
    fc
      .constantFrom(1, 5, 10, 12.5, 20, 33.33, 50, 75, 99, 100)
      .map((percent_off) => ({ amount_off: null, percent_off })),
    fc.integer({ min: 1, max: Math.ceil((unitAmount * 1.2) / step) }).map((steps) => ({
      amount_off: steps * step,
      percent_off: null,
    })),
  );

const taxArbitrary: fc.Arbitrary<Tax | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({
    rate: fc.constantFrom(0, 500, 810, 1000, 1900, 2000, 2300, 2400, 2700, 725),
    isIncluded: fc.boolean(),
  }),
);

export const saleArbitrary: fc.Arbitrary<Sale> = fc.constantFrom(...CURRENCIES).chain((currency) => {
  const step = stepOf(currency);
  const steps = fc.oneof(
    fc.integer({ min: 20_000, max: 60_000 }),
    // With the highest tax on top it has eight digits still, which is the most.
    fc.integer({ min: 20_000, max: Math.floor(75_000_000 / step) }),
  );
  return steps.chain((count) =>
    fc.record({
      unitAmount: fc.constant(count * step),
      currency: fc.constant(currency),
      reduction: reductionOf(count * step, step),
      tax: taxArbitrary,
      wrong: fc.oneof(
        { weight: 4, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom(...WRONGS) },
      ),
    }),
  );
});
