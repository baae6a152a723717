import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { withChange } from "#test/support/source-copy.ts";
import { ATTACKS, type Hole } from "./holes/hole.ts";
import { HOLES } from "./holes/holes.ts";
import { judge } from "./holes/judge.ts";

const fromRoot = (file: string) => new URL(`../../${file}`, import.meta.url);

test("every attack has a hole that would let it through", () => {
  const planted = new Set(HOLES.map(({ attack }) => attack));
  expect(ATTACKS.filter((attack) => !planted.has(attack))).toEqual([]);
});

test("every hole still finds its one place in the source, and its test's file", () => {
  for (const hole of HOLES) {
    const source = readFileSync(fromRoot(hole.file), "utf8");
    expect(withChange(source, hole)).not.toBe(source);
    expect(existsSync(fromRoot(hole.test.file)), hole.test.file).toBe(true);
  }
});

test.each([
  ["is gone", "nothing of it"],
  ["is there twice", "check(); check();"],
])("a hole whose place %s cannot be planted", (_how, source) => {
  const [hole] = HOLES;
  expect(() => withChange(source, { ...hole, replace: "check();" } as Hole)).toThrow("cannot be planted");
});

describe("a hole", () => {
  const ran = (state: "passed" | "failed" | "skipped", name = "", message = "", cause?: string) => ({
    tests: [{ name: "it is refused", state, errors: state === "failed" ? [{ name, message, cause }] : [] }],
    trouble: [],
  });

  test.each([
    ["an assertion", ran("failed", "AssertionError", "expected 200 to be 400"), "expected 200 to be 400"],
    ["a property", ran("failed", "Error", "Property failed after 9 tests", "expected 500"), "expected 500"],
  ])("is caught by %s that failed", (_what, results, said) => {
    expect(judge(results).caughtBy).toEqual({ test: "it is refused", said });
  });

  test.each([
    ["a test that passed", ran("passed"), "it stayed green"],
    ["a time limit", ran("failed", "Error", "Test timed out in 30000ms."), "not by an assertion"],
    ["broken code", ran("failed", "ReferenceError", "x is not defined"), "not by an assertion"],
    ["a test that did not run", ran("skipped"), "no test ran"],
    ["a file that cannot be loaded", { tests: [], trouble: ["Unexpected token"] }, "Unexpected token"],
  ])("is not caught by %s", (_what, results, why) => {
    expect(judge(results)).toEqual({
      caughtBy: undefined,
      notCaught: expect.stringContaining(why) as string,
    });
  });
});
