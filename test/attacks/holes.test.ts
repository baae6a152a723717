import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ATTACKS } from "./holes/hole.ts";
import { HOLES } from "./holes/holes.ts";
import { withHole } from "./holes/source-copy.ts";

const fromRoot = (file: string) => new URL(`../../${file}`, import.meta.url);

test("every attack has a hole that would let it through", () => {
  const planted = new Set(HOLES.map(({ attack }) => attack));
  expect(ATTACKS.filter((attack) => !planted.has(attack))).toEqual([]);
});

test("every hole still finds its one place in the source, and its test's file", () => {
  for (const hole of HOLES) {
    const source = readFileSync(fromRoot(hole.file), "utf8");
    expect(withHole(source, hole)).not.toBe(source);
    expect(existsSync(fromRoot(hole.test.file)), hole.test.file).toBe(true);
  }
});
