import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withChange } from "#test/support/source-copy.ts";
import { JUDGES } from "../judges.ts";
import { FAULTS } from "./faults.ts";

test("every planted fault still finds its one place in the source", () => {
  for (const fault of FAULTS) {
    const source = readFileSync(new URL(`../../../${fault.file}`, import.meta.url), "utf8");
    expect(withChange(source, fault)).not.toBe(source);
  }
});

test("every judge has a planted fault that it must find", () => {
  const planted = new Set(FAULTS.map(({ judge }) => judge));
  expect(JUDGES.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
});

test("every planted fault names a judge that there is", () => {
  const names = JUDGES.map(({ name }) => name);
  expect(FAULTS.filter(({ judge }) => !names.includes(judge))).toEqual([]);
});
