import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stepOf } from "#infra/local/stripe/checkout/amounts.ts";
import { priceItems, type Reduction, type Tax, totalOf } from "#infra/local/stripe/checkout/pricing.ts";

const itemOf = (amount_subtotal: number, currency = "usd") => ({ amount_subtotal, currency });
const percent = (percent_off: number): Reduction => ({ amount_off: null, percent_off });
const amount = (amount_off: number): Reduction => ({ amount_off, percent_off: null });
const onTop = (rate: number): Tax => ({ rate, isIncluded: false });
const within = (rate: number): Tax => ({ rate, isIncluded: true });

test.each<[string, ReturnType<typeof itemOf>, Reduction | undefined, Tax | undefined, number[]]>([
  ["the price alone", itemOf(4900), undefined, undefined, [0, 0, 4900]],
  ["20 % off", itemOf(4900), percent(20), undefined, [980, 0, 3920]],
  ["20 % off and 19 % on top", itemOf(4900), percent(20), onTop(1900), [980, 745, 4665]],
  ["19 % within", itemOf(4900), undefined, within(1900), [0, 782, 4900]],
  ["20 % off and 19 % within", itemOf(4900), percent(20), within(1900), [980, 626, 3920]],
  ["all of it off", itemOf(4900), percent(100), onTop(1900), [4900, 0, 0]],
  ["more off than there is", itemOf(4900), amount(5000), onTop(1900), [4900, 0, 0]],
  ["half a cent, which is rounded up", itemOf(1), percent(50), undefined, [1, 0, 0]],
  ["a third off in dinars of three digits", itemOf(4900, "kwd"), percent(33.33), undefined, [1630, 0, 3270]],
  [
    "krónur without a fraction",
    itemOf(499_900, "isk"),
    percent(33.33),
    onTop(2400),
    [166_600, 80_000, 413_300],
  ],
  [
    "the largest price",
    itemOf(999_999_999_999, "idr"),
    percent(12.5),
    undefined,
    [125_000_000_000, 0, 874_999_999_999],
  ],
])("%s", (_what, item, reduction, tax, [discount, taxed, total]) => {
  expect(totalOf(priceItems([item], reduction, tax))).toEqual({
    amountSubtotal: item.amount_subtotal,
    amountDiscount: discount,
    amountTax: taxed,
    amountTotal: total,
  });
});

describe("several items", () => {
  test("share an amount that is taken off by what they cost, down to its last cent", () => {
    const priced = priceItems([itemOf(1000), itemOf(1000), itemOf(1001)], amount(100), undefined);
    expect(priced.map(({ amount_discount }) => amount_discount)).toEqual([33, 33, 34]);
  });

  test("add up, whatever is taken off and put on, and nothing is ever less than nothing", () => {
    const reduction = fc.oneof(
      fc.integer({ min: 1, max: 10_000 }).map((hundredths) => percent(hundredths / 100)),
      fc.integer({ min: 1, max: 1_000_000 }).map((hundreds) => amount(hundreds * 100)),
    );
    const tax = fc.record({ rate: fc.integer({ min: 0, max: 3_000 }), isIncluded: fc.boolean() });
    const currency = fc.constantFrom("usd", "jpy", "kwd", "isk");
    const amounts = fc.array(fc.integer({ min: 0, max: 999_999 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(currency, amounts, fc.option(reduction), fc.option(tax), (code, hundreds, off, taxed) => {
        const items = hundreds.map((hundred) => itemOf(hundred * 100, code));
        const priced = priceItems(items, off ?? undefined, taxed ?? undefined);
        for (const item of priced) {
          const left = item.amount_subtotal - item.amount_discount;
          expect(item.amount_total).toBe(taxed?.isIncluded ? left : left + item.amount_tax);
          for (const part of [item.amount_discount, item.amount_tax, item.amount_total]) {
            expect(part).toBeGreaterThanOrEqual(0);
            expect(part % stepOf(code)).toBe(0);
          }
        }
      }),
    );
  });
});
