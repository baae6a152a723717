import { expect, test } from "vitest";
import { sectionOf } from "#test/house/markdown.ts";
import { readTracked } from "#test/house/tracked-files.ts";
import { COUNTED, calculateCosts, isWithinBar, MOST_DOLLARS } from "./calculate-costs.ts";
import { costsAsMarkdown } from "./describe-costs.ts";

const NUMBER = /\d+(?:\.\d+)?/g;
/** What one more read or a longer line in a log may change before the document is to be made anew. */
const [SHARE, LEAST] = [0.1, 0.002];

test("enrolling costs no more than its bar, and what the README says of costs is what the command prints", async () => {
  const costs = await calculateCosts(COUNTED);
  expect(isWithinBar(costs)).toBe(true);
  expect(MOST_DOLLARS).toBeLessThanOrEqual(0.2);

  const tables = sectionOf(readTracked("infra/aws/README.md"), "What it costs")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .join("\n");
  const printed = costsAsMarkdown(costs).replace("\n\n", "\n");
  expect(tables.replaceAll(NUMBER, "#")).toBe(printed.replaceAll(NUMBER, "#"));
  const written = [...tables.matchAll(NUMBER)].map(Number);
  for (const [index, [number]] of [...printed.matchAll(NUMBER)].entries()) {
    const off = Math.abs((written[index] ?? 0) - Number(number));
    expect
      .soft(off, `${number}, written as ${written[index]}: npm run load -- --costs --markdown`)
      .toBeLessThanOrEqual(Math.max(LEAST, SHARE * Number(number)));
  }
});
