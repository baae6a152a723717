import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { AS_INSTALLED, bundlePrograms } from "#infra/builds/bundle-programs.js";
import { ROOT } from "#infra/builds/digest-sources.js";
import { PROGRAMS } from "#infra/builds/kept-programs.js";
import { explainMissingPackage } from "#infra/command-line/explain-missing-package.js";
import { makeFolder } from "#test/support/use-folder.ts";
import lockfile from "../../../package-lock.json" with { type: "json" };

/** Templates of pages, which no program here has; and the wrapping of a package that was bundled before. */
const HARMLESS = ["node_modules/express/lib/view.js", "node_modules/jsonata/jsonata.js"];

/** Only in the text of an advice. */
const ADVISES = ["node_modules/@colors/colors/lib/colors.js", "node_modules/commander/lib/command.js"];

/** They export names alone, so that it is one whichever way they are asked for. */
const EITHER_WAY = [
  "node_modules/async/dist/async.mjs",
  "node_modules/light-my-request/node_modules/cookie/dist/index.js",
];

let bundled: Awaited<ReturnType<typeof bundlePrograms>>;

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "bursar-bundles-"));
  bundled = await bundlePrograms(PROGRAMS, folder);
  return () => rm(folder, { recursive: true });
});

const filesOfPackages = () => Object.keys(bundled.inputs).filter((file) => file.startsWith("node_modules/"));

test("no package that is bundled looks for files beside its own, or loads what only Node can resolve", () => {
  expect(filesOfPackages().length).toBeGreaterThan(500);
  expect(bundled.unresolved.filter((file) => !HARMLESS.includes(file))).toEqual([]);
  const looking = filesOfPackages()
    .filter((file) => /\.[cm]?js$/.test(file))
    .filter((file) =>
      /\b__(?:dirname|filename)\b|import\.meta/.test(readFileSync(path.join(ROOT, file), "utf8")),
    );
  expect(looking.filter((file) => !ADVISES.includes(file))).toEqual([]);
});

test("whoever requires a package gets what it exports to them, not an ES module with a default", () => {
  const required = Object.values(bundled.inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ kind, external }) => kind === "require-call" && !external)
    .map((one) => one.path);
  expect(required.length).toBeGreaterThan(500);
  const modules = required.filter((file) => bundled.inputs[file]?.format === "esm");
  expect(modules.filter((file) => !EITHER_WAY.includes(file))).toEqual([]);
});

test.each(AS_INSTALLED)("of %s, which is not bundled, there is one version: the root's", (name) => {
  const places = Object.keys(lockfile.packages).filter((place) => place.endsWith(`node_modules/${name}`));
  expect(places).toEqual([`node_modules/${name}`]);
});

test("a package that is not installed is told by a sentence, as when Node looks for it", async () => {
  const program = path.join(await makeFolder(), "program.ts");
  await writeFile(program, 'import "./beside.ts";\nimport "commander";');
  await writeFile(path.join(path.dirname(program), "beside.ts"), "export {};");
  const failed: unknown = await bundlePrograms([program], await makeFolder()).catch(
    (error: unknown) => error,
  );
  expect(explainMissingPackage(failed)).toBe("Bursar's packages are not installed. Run `npm ci`.");
});
