import { expect, test } from "vitest";
import { readInstalledPackages } from "#infra/operate/packages/installed.ts";
import { findForbidden } from "#infra/operate/packages/licence-rules.ts";
import { runNpmCommand } from "#test/support/run-npm-command.ts";

/** One package with that licence, which the client needs or only a tool. */
const forbidden = (license: string | undefined, isTool: boolean) => {
  const root = { dependencies: { [isTool ? "vite" : "react"]: "1.0.0" } };
  const first = { version: "1.0.0", license: "MIT", dependencies: { one: "1.0.0" } };
  const one = { version: "1.0.0", license };
  const packages = {
    "": root,
    "node_modules/vite": first,
    "node_modules/react": first,
    "node_modules/one": one,
  };
  return findForbidden(readInstalledPackages(JSON.stringify({ packages }))).map(({ name }) => name);
};

test.each([
  ["MIT", false],
  ["(MIT OR GPL-3.0-or-later)", false],
  ["GPL-3.0-or-later OR Apache-2.0", false],
  ["MIT AND ISC", false],
  ["MPL-2.0", true],
])("%s may be used (by a tool only: %s)", (licence, isTool) => {
  expect(forbidden(licence, isTool)).toEqual([]);
});

test.each([
  ["AGPL-3.0-only", true],
  ["GPL-3.0-or-later", false],
  ["MPL-2.0", false],
  ["MIT AND GPL-3.0-only", false],
  ["MIT AND (ISC OR GPL-3.0-only)", false],
  ["SEE LICENSE IN LICENSE.txt", true],
  ["UNLICENSED", false],
  [undefined, false],
])("%s may not be used until somebody has said so (by a tool only: %s)", (licence, isTool) => {
  expect(forbidden(licence, isTool)).toEqual(["one"]);
});

test("everything that is installed may be used, and the command says so with exit code 0", async () => {
  expect(readInstalledPackages().length).toBeGreaterThan(400);
  const { code, stdout, stderr } = await runNpmCommand("licences", []);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("Apache-2.0");
});
