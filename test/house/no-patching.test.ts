import { expect, test } from "vitest";
import { sources } from "./imports-of.ts";
import { readTracked } from "./tracked-files.ts";

test("no class is changed from outside: whoever imports it would get another one than it was written", () => {
  expect(sources.filter((file) => /\.prototype\b/.test(readTracked(file)))).toEqual([]);
});
