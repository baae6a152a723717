// @ts-check
/** The programs that `npm start` waits for, and the one that its handlers' thread runs, as these sources build them. */
import path from "node:path";
import { digestSources, ROOT } from "./digest-sources.js";
import { keepBuild } from "./keep-build.js";

export const HANDLERS_PROGRAM = "infra/local/functions/thread-side.ts";
export const PROGRAMS = ["infra/local/commands/start.ts", HANDLERS_PROGRAM];

/** With `workflow` for the rules and the definition, and `handlers` for what is deployed. */
export const PROGRAM_SOURCES = ["infra", "handlers", "workflow"];

const HOME = path.join(ROOT, "dist", "programs");

/** @returns {Promise<string>} where they lie, each under its own path; one that runs finds those of its own build */
export async function keptPrograms() {
  const [build = "", ...program] = path.relative(HOME, process.argv[1] ?? "").split(path.sep);
  const isOneOfThem = PROGRAMS.includes(program.join("/").replace(/\.mjs$/, ".ts"));
  return isOneOfThem ? path.join(HOME, build) : keptOfSources();
}

const keptOfSources = () =>
  keepBuild({
    home: HOME,
    digest: () => digestSources(PROGRAM_SOURCES),
    async build(directory) {
      // Loaded here and not above: with a build that is kept there is nothing to bundle.
      const { bundlePrograms } = await import("./bundle-programs.js");
      await bundlePrograms(PROGRAMS, directory);
    },
  });
