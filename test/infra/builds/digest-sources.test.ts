import { rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { digestSources } from "#infra/builds/digest-sources.js";
import { makeFolder, writeFiles } from "#test/support/use-folder.ts";

let root: string;
const digest = () => digestSources(["client", "rules/contract.ts"], root);

beforeEach(async () => {
  root = await makeFolder();
  await writeFiles(root, [
    "package.json",
    "package-lock.json",
    "node_modules/.package-lock.json",
    "client/main.tsx",
    "client/pages/page.tsx",
    "rules/contract.ts",
    "rules/other.ts",
  ]);
});

test("it is the same while nothing changes", () => {
  expect(digest()).toBe(digest());
  expect(digest()).toMatch(/^[0-9a-f]{24}$/);
});

test.each([
  ["a file is changed", (file: string) => writeFile(file, "changed"), "client/pages/page.tsx"],
  ["a file named by itself is changed", (file: string) => writeFile(file, "changed"), "rules/contract.ts"],
  ["a file is added", (file: string) => writeFile(file, ""), "client/pages/new.tsx"],
  ["a file is removed", (file: string) => rm(file), "client/pages/page.tsx"],
  ["a file is renamed", (file: string) => rename(file, `${file}x`), "client/main.tsx"],
  ["another package is asked for", (file: string) => writeFile(file, "{}"), "package.json"],
  ["another version is locked", (file: string) => writeFile(file, "{}"), "package-lock.json"],
  [
    "another version is installed",
    (file: string) => writeFile(file, "{}"),
    "node_modules/.package-lock.json",
  ],
])("it is another one when %s", async (_what, change, file) => {
  const before = digest();
  await change(path.join(root, file));
  expect(digest()).not.toBe(before);
});

test("content that moves from the end of one file to the beginning of the next is a change", async () => {
  await writeFile(path.join(root, "client/a.ts"), "one two");
  await writeFile(path.join(root, "client/b.ts"), "three");
  const before = digest();
  await writeFile(path.join(root, "client/a.ts"), "one ");
  await writeFile(path.join(root, "client/b.ts"), "twothree");
  expect(digest()).not.toBe(before);
});

test("it is another one in another folder, since programs know where they lie", async () => {
  const moved = await makeFolder();
  await rename(root, path.join(moved, "repository"));
  const before = digestSources(["client"], path.join(moved, "repository"));
  await rename(path.join(moved, "repository"), path.join(moved, "elsewhere"));
  expect(digestSources(["client"], path.join(moved, "elsewhere"))).not.toBe(before);
});

test.each(["rules/other.ts", "client/.tsbuildinfo"])("%s is no source of it", async (file) => {
  const before = digest();
  await writeFile(path.join(root, file), "changed");
  expect(digest()).toBe(before);
});

test("what a link leads to is a source, and a link that leads nowhere is none", async () => {
  const elsewhere = await makeFolder();
  await writeFiles(elsewhere, ["linked.ts"]);
  await symlink(elsewhere, path.join(root, "client/linked"));
  const before = digest();
  await symlink(path.join(root, "gone"), path.join(root, "client/.#main.tsx"));
  expect(digest()).toBe(before);
  await writeFile(path.join(elsewhere, "linked.ts"), "changed");
  expect(digest()).not.toBe(before);
});
