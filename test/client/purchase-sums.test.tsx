import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { keepSession } from "#client/session.ts";
import type { PurchaseSummary } from "#workflow/contract.ts";
import { ada, ordinaryAnswers, readHeading, serveApi, summaryAt, visit } from "./student-site.tsx";

beforeEach(() => keepSession(ada));

/** Names and values, as they stand in the list of sums. */
async function sumsOf(more: Partial<PurchaseSummary>) {
  const purchase = summaryAt("enrolled", { settledAt: "2026-10-03T12:01:00.000Z", ...more });
  serveApi({ ...ordinaryAnswers, "GET /api/purchases": () => ({ purchases: [purchase] }) });
  visit("/purchases");
  await readHeading();
  const texts = (name: string) => [...document.querySelectorAll(name)].map(({ textContent }) => textContent);
  const values = texts("dd");
  return Object.fromEntries(texts("dt").map((name, index) => [name, values[index]]));
}

const always = { Date: "October 3, 2026", "Order number": "TEST-0001" };

test.each<[string, Partial<PurchaseSummary>, object]>([
  ["nothing taken off and no tax", { amountTotal: 4900 }, { Paid: "$49.00" }],
  [
    "something taken off",
    { amountTotal: 4400, amountDiscount: 500 },
    { Price: "$49.00", Discount: "-$5.00", Paid: "$44.00" },
  ],
  [
    "all of it taken off",
    { amountTotal: 0, amountDiscount: 4900 },
    { Price: "$49.00", Discount: "-$49.00", Paid: "$0.00" },
  ],
  [
    "tax on top",
    { amountTotal: 5831, amountTax: 931, isTaxIncluded: false },
    { Price: "$49.00", Tax: "$9.31", Paid: "$58.31" },
  ],
  [
    "tax that is in the price",
    { amountTotal: 4900, amountTax: 782, isTaxIncluded: true },
    { "Tax, included": "$7.82", Paid: "$49.00" },
  ],
  [
    "a discount and tax on top, of a price that was agreed elsewhere",
    { unitAmount: null, amountTotal: 5236, amountDiscount: 500, amountTax: 836, isTaxIncluded: false },
    { Price: "$49.00", Discount: "-$5.00", Tax: "$8.36", Paid: "$52.36" },
  ],
  ["money that went back", { amountTotal: 4900, amountRefunded: 900 }, { Paid: "$49.00", Refunded: "$9.00" }],
])("a purchase with %s is told in sums that add up", async (_what, more, sums) => {
  expect(await sumsOf(more)).toEqual({ ...sums, ...always });
});

test.each([
  ["open", "has not decided yet"],
  ["granted", "has given you the money back"],
  ["refused", "left the payment as it is"],
] as const)("a payment that the student disputes, and is %s, says so", async (dispute, words) => {
  await sumsOf({ amountTotal: 4900, dispute });
  expect(screen.getByText(new RegExp(words))).toBeTruthy();
});
