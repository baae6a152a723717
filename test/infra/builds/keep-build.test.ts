import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import { keepBuild } from "#infra/builds/keep-build.js";
import { makeFolder } from "#test/support/use-folder.ts";

let home: string;
let sources = "one";
let builds: string[];

const writePage = (directory: string, text: string) => writeFileSync(path.join(directory, "page"), text);
const readPage = (directory: string) => readFileSync(path.join(directory, "page"), "utf8");

const keep = () =>
  keepBuild({
    home,
    digest: () => sources,
    build(directory) {
      builds.push(sources);
      writePage(directory, sources);
    },
  });

beforeEach(async () => {
  home = path.join(await makeFolder(), "built");
  sources = "one";
  builds = [];
});

test("sources are built once, and anew when they have changed", async () => {
  expect([readPage(await keep()), readPage(await keep())]).toEqual(["one", "one"]);
  sources = "two";
  expect([readPage(await keep()), readPage(await keep())]).toEqual(["two", "two"]);
  sources = "one";
  expect(readPage(await keep())).toBe("one");
  expect(builds).toEqual(["one", "two"]);
});

test("what a killed build has left is not used, and is cleared away by the next", async () => {
  const module = fileURLToPath(new URL("../../../infra/builds/keep-build.js", import.meta.url));
  const program = `
    import { writeFileSync } from "node:fs";
    import { keepBuild } from ${JSON.stringify(module)};
    await keepBuild({ home: ${JSON.stringify(home)}, digest: () => "one", build(directory) {
      writeFileSync(directory + "/page", "half");
      process.kill(process.pid, "SIGKILL");
    } });`;
  const { signal } = spawnSync(process.execPath, ["--input-type=module", "-e", program]);
  expect([signal, readdirSync(home).length]).toEqual(["SIGKILL", 1]);

  expect(readPage(await keep())).toBe("one");
  expect(readdirSync(home)).toEqual(["one"]);
});

test("of two that build at once both get the whole build, and nothing else is left", async () => {
  let release = () => {};
  const both = new Promise<void>((resolve) => (release = resolve));
  let building = 0;
  const slowly = () =>
    keepBuild({
      home,
      digest: () => "one",
      async build(directory) {
        writePage(directory, "half");
        building += 1;
        if (building === 2) release();
        await both;
        writePage(directory, "whole");
      },
    });
  const [first, second] = await Promise.all([slowly(), slowly()]);
  expect([first, readPage(first)]).toEqual([second, "whole"]);
  expect(readdirSync(home)).toEqual(["one"]);
});

test("what fails leaves nothing, and is tried again", async () => {
  const failing = keepBuild({ home, digest: () => "one", build: () => Promise.reject(new Error("a typo")) });
  await expect(failing).rejects.toThrow("a typo");
  expect(readdirSync(home)).toEqual([]);
  expect(readPage(await keep())).toBe("one");
});

test("sources that change while they are built are built again", async () => {
  const changing = keepBuild({
    home,
    digest: () => sources,
    build(directory) {
      writePage(directory, sources);
      if (sources === "one") sources = "two";
    },
  });
  expect(readPage(await changing)).toBe("two");
  expect(readdirSync(home)).toEqual(["two"]);
});

test("sources that never stay the same are refused in a sentence", async () => {
  const changing = keepBuild({ home, digest: () => sources, build: () => void (sources += "+") });
  await expect(changing).rejects.toThrow("The sources change while they are built.");
  expect(readdirSync(home)).toEqual([]);
});

test("the builds that were used last are kept, and no more than four", async () => {
  for (const [day, name] of ["one", "two", "three", "four"].entries()) {
    sources = name;
    utimesSync(await keep(), day, day);
  }
  sources = "one";
  await keep();
  sources = "five";
  await keep();
  expect(readdirSync(home).sort()).toEqual(["five", "four", "one", "three"]);
  expect(builds).toEqual(["one", "two", "three", "four", "five"]);
});
