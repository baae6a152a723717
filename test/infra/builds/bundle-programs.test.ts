import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { bundlePrograms } from "#infra/builds/bundle-programs.js";
import { ROOT } from "#infra/builds/digest-sources.js";
import { PROGRAMS } from "#infra/builds/kept-programs.js";
import { makeFolder } from "#test/support/use-folder.ts";

/** Templates of pages, which no program here has; and the wrapping of a package that was bundled before. */
const HARMLESS = ["node_modules/express/lib/view.js", "node_modules/jsonata/jsonata.js"];

/** Only in the text of an advice. */
const ADVISES = ["node_modules/@colors/colors/lib/colors.js", "node_modules/commander/lib/command.js"];

test("no package that is bundled looks for files beside its own, or loads what only Node can resolve", async () => {
  const { files, unresolved } = await bundlePrograms(PROGRAMS, await makeFolder());
  expect(files.filter((file) => file.startsWith("node_modules/")).length).toBeGreaterThan(500);
  expect(unresolved.filter((file) => !HARMLESS.includes(file))).toEqual([]);
  const looking = files
    .filter((file) => file.startsWith("node_modules/") && /\.[cm]?js$/.test(file))
    .filter((file) => /\b__(?:dirname|filename)\b/.test(readFileSync(path.join(ROOT, file), "utf8")));
  expect(looking.filter((file) => !ADVISES.includes(file))).toEqual([]);
});
