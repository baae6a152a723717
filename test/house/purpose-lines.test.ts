import { expect, test } from "vitest";
import { readTracked, trackedFiles } from "./tracked-files.ts";

const files = trackedFiles.filter((file) =>
  /^(workflow|handlers|client|infra)\/.*(?<!\.d)\.tsx?$/.test(file),
);

test("every source file begins with what it is for", () => {
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => !/^\/\*\*\s+(\* )?[^\s@*]/.test(readTracked(file)))).toEqual([]);
});
