// @ts-check
/** The programs that `npm start` waits for, and the one that its handlers' thread runs, as these sources build them. */
import path from "node:path";
import { digestSources, ROOT } from "./digest-sources.js";
import { keepBuild } from "./keep-build.js";

export const HANDLERS_PROGRAM = "infra/local/functions/thread-side.ts";
export const PROGRAMS = ["infra/local/commands/start.ts", HANDLERS_PROGRAM];

/** With `workflow` for the rules and the definition, and `handlers` for what is deployed. */
export const PROGRAM_SOURCES = ["infra", "handlers", "workflow"];

/** @returns {Promise<string>} where they lie, each under its own path */
export const keptPrograms = () =>
  keepBuild({
    home: path.join(ROOT, "dist", "programs"),
    digest: () => digestSources(PROGRAM_SOURCES),
    async build(directory) {
      // Loaded here and not above: with a build that is kept there is nothing to bundle.
      const { bundlePrograms } = await import("./bundle-programs.js");
      await bundlePrograms(PROGRAMS, directory);
    },
  });
