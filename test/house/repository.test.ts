import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { ROOT, readTracked, trackedFiles } from "./tracked-files.ts";

test("the pinned Node is one that the engines allow, CI tries it and editors open it", () => {
  const pinned = readTracked(".nvmrc").trim();
  const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(packageJson.engines.node) ?? [];
  const [pinnedMajor, pinnedMinor] = pinned.split(".").map(Number);
  expect([pinnedMajor, (pinnedMinor ?? 0) >= Number(minor)]).toEqual([Number(major), true]);
  expect(readTracked(".github/workflows/ci.yml")).toContain(`"${pinned}"`);
  const container = JSON.parse(readTracked(".devcontainer/devcontainer.json")) as Record<string, unknown>;
  expect(container["image"]).toBe(`node:${pinned}-bookworm`);
});

test("the container that editors open has the browsers that CI installs", () => {
  const [, browsers] = /^browsers=\((.*)\)$/m.exec(readTracked(".ci/run")) ?? [];
  expect(readTracked(".devcontainer/devcontainer.json")).toContain(`apt-get install -y ${browsers}"`);
});

test("CI runs what runs before a change lands", () => {
  expect(readTracked(".github/workflows/ci.yml")).toMatch(/^ +- run: \.ci\/run$/m);
});

test.each(["package-lock.json", ...trackedFiles.filter((file) => file.endsWith(".generated.json"))])(
  "%s is marked as generated",
  (file) => {
    const said = execFileSync("git", ["check-attr", "linguist-generated", file], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(said.trim()).toBe(`${file}: linguist-generated: set`);
  },
);

test("the top level holds the rooms of the house and nothing else", () => {
  const entries = trackedFiles
    .map((file) => file.split("/")[0] ?? "")
    .filter((entry) => !entry.startsWith("."));
  const house = [
    "LICENSE",
    "README.md",
    "client",
    "handlers",
    "infra",
    "package-lock.json",
    "package.json",
    "test",
    "tsconfig.json",
    "workflow",
  ];
  expect([...new Set(entries)].filter((entry) => !house.includes(entry))).toEqual([]);
});
