import "../environment.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readShippedParts } from "../simulation/parts.ts";
import { CURRENCIES, type Sale, saleArbitrary, WRONGS } from "./sale.ts";
import { sell } from "./sell.ts";

const parts = readShippedParts();

const plain: Sale = {
  unitAmount: 500_000,
  currency: "usd",
  reduction: undefined,
  tax: undefined,
  wrong: undefined,
};

describe("what was quoted is what is charged, and what is charged enrolls", () => {
  test("for any price, code and tax in twelve currencies; and what is wrong is an AmountMismatch", {
    timeout: 60_000,
  }, async () => {
    const shops = fc.array(saleArbitrary, { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(shops, async (sales) => {
        expect((await sell(sales, parts)).faults).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  test.each(CURRENCIES)(
    "in %s with a code over a fifth, over all, and with tax of either kind",
    async (currency) => {
      const percent = (percent_off: number) => ({ amount_off: null, percent_off });
      const sales: Sale[] = [undefined, percent(20), percent(100)].flatMap((reduction) =>
        [undefined, { rate: 1900, isIncluded: false }, { rate: 1900, isIncluded: true }].map((tax) => ({
          ...plain,
          currency,
          reduction,
          tax,
        })),
      );
      await expect(sell(sales, parts)).resolves.toEqual({
        sales: 9,
        enrolled: 9,
        free: 3,
        refused: 0,
        faults: [],
      });
    },
  );

  test.each(WRONGS)("and never one that is %s", async (wrong) => {
    const sales = CURRENCIES.map((currency): Sale => ({ ...plain, currency, wrong }));
    await expect(sell(sales, parts)).resolves.toMatchObject({ refused: 12, enrolled: 0, faults: [] });
  });
});

test("a sale that ends as it should not is found", async () => {
  // Whatever was paid is taken for what was asked: nothing is ever wrong.
  const blind = {
    ...parts,
    createSteps: (ports: Parameters<typeof parts.createSteps>[0]) => ({
      ...parts.createSteps(ports),
      validateSession: async () => ({ isBarred: false }),
    }),
  };
  const sales = WRONGS.map((wrong): Sale => ({ ...plain, wrong }));
  expect((await sell(sales, blind as never)).faults).toHaveLength(WRONGS.length);
});
