import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /^(workflow|handlers|client|infra)\/.*(?<!\.d)\.tsx?$/.test(file));

test("every source file begins with what it is for", () => {
  expect(files.length).toBeGreaterThan(200);
  const silent = files.filter(
    (file) => !/^\/\*\*\s+(\* )?[^\s@*]/.test(readFileSync(path.join(root, file), "utf8")),
  );
  expect(silent).toEqual([]);
});
