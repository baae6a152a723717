/** What a thousand enrollments cost, from the button to the page that says so, and with a first visit before it. */
import { type BillLine, billOf, FIRST_VISIT, totalOf } from "./bill.ts";
import { countUsage } from "./count-usage.ts";

export interface Costs {
  /** Counted over so many. */
  purchases: number;
  /** From the button to "enrolled". */
  enrolling: BillLine[];
  /** Signing in, looking at the catalogue and loading the client before it: what a student costs who has never been there. */
  withVisit: BillLine[];
}

/** So many are bought; more of them cost as much each. */
export const COUNTED = 100;
/** US$ for a thousand enrollments. */
export const MOST_DOLLARS = 0.2;
const NOTHING_LOADED = { files: 0, bytes: 0 };

export async function calculateCosts(purchases: number, seed = 1): Promise<Costs> {
  const [enrolling, withVisit] = await Promise.all([
    countUsage({ purchases, seed, withVisit: false }),
    countUsage({ purchases, seed, withVisit: true }),
  ]);
  return {
    purchases,
    enrolling: billOf(enrolling, NOTHING_LOADED),
    withVisit: billOf(withVisit, FIRST_VISIT),
  };
}

export const isWithinBar = ({ enrolling }: Costs): boolean => totalOf(enrolling) <= MOST_DOLLARS;
