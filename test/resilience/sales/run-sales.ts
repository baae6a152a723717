/** Ten thousand sales are a hundred small shops, so that no list is longer than a shop's. */
import * as fc from "fast-check";
import { readShippedParts } from "../simulation/parts.ts";
import { saleArbitrary } from "./sale.ts";
import { type SalesResult, sell } from "./sell.ts";

const SALES_PER_SHOP = 100;

export async function runSales(
  { seed, sales }: { seed: number; sales: number },
  announce: (done: number) => void,
): Promise<SalesResult & { seed: number }> {
  const parts = readShippedParts();
  const all = fc.sample(saleArbitrary, { numRuns: sales, seed });
  const result = { seed, sales: 0, enrolled: 0, free: 0, refused: 0, faults: [] as string[] };
  for (let from = 0; from < all.length; from += SALES_PER_SHOP) {
    const shop = await sell(all.slice(from, from + SALES_PER_SHOP), parts);
    for (const name of ["sales", "enrolled", "free", "refused"] as const) result[name] += shop[name];
    result.faults.push(...shop.faults);
    announce(result.sales);
  }
  return result;
}
