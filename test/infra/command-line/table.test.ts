import { expect, test } from "vitest";
import { renderTable } from "#infra/command-line/table.ts";

test("a cell with control characters is as wide as what is seen of it", () => {
  const [, first = "", , second = ""] = renderTable([["\u{1b}[2J"], ["abcd"]]).split("\n");
  expect(first).toBe("│ \u{fffd}[2J │");
  expect(second).toBe("│ abcd │");
});

test("a cell keeps its lines", () => {
  expect(renderTable([["one\ntwo"]])).toMatch(/│ one │\n│ two │/);
});
