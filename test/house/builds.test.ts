import { expect, test } from "vitest";
import { PROGRAM_SOURCES, PROGRAMS } from "#infra/builds/kept-programs.js";
import { CLIENT_SOURCES } from "#infra/deployment/build-client.ts";
import { BROWSER_FILES, BROWSER_SOURCES } from "#infra/local/browser-files.ts";
import { CONSOLE_SOURCES } from "#infra/operate/console/build-client.ts";
import packageJson from "../../package.json" with { type: "json" };
import { resolveImport, sources } from "./imports-of.ts";
import { reachedFrom } from "./reached-files.ts";
import { readTracked } from "./tracked-files.ts";

/** What every digest covers. */
const ALWAYS = ["package.json", "infra/builds", "infra/command-line"];

test.each([
  ["the client", ["client/main.tsx", "infra/deployment/programs/build-client.ts"], CLIENT_SOURCES],
  [
    "the console",
    ["infra/operate/console/client/main.tsx", "infra/operate/console/programs/build-client.ts"],
    CONSOLE_SOURCES,
  ],
  ["what the stand-ins' pages load", BROWSER_FILES, BROWSER_SOURCES],
  ["the programs", PROGRAMS, PROGRAM_SOURCES],
])("whatever %s is made of, a change of it makes another digest", (_what, entries, sources) => {
  const covered = [...ALWAYS, ...sources];
  const { files } = reachedFrom(entries);
  expect(files.length).toBeGreaterThan(entries.length);
  const missed = files.filter((file) => !covered.some((one) => file === one || file.startsWith(`${one}/`)));
  expect(missed).toEqual([]);
});

test("a file that is imported for what it does, not for a name, is listed for bundlers, which leave out others", () => {
  const imported = sources.flatMap((file) =>
    [...readTracked(file).matchAll(/^import "([^"]+)";/gm)].map(([, name = ""]) => resolveImport(file, name)),
  );
  const scripts = [...new Set(imported)].filter((file) => !file.endsWith(".css"));
  expect(scripts.map((file) => `./${file}`)).toEqual(
    packageJson.sideEffects.filter((listed) => !listed.endsWith(".css")),
  );
});
