/** Builds the console's page. */
import path from "node:path";
import { digestSources, ROOT } from "#infra/builds/digest-sources.js";
import { keepBuild } from "#infra/builds/keep-build.js";
import { runBuild } from "#infra/builds/run-build.js";

/** Beside its own files the looks that all pages of the house share, and words and shapes of what it shows. */
export const CONSOLE_SOURCES = ["infra/operate", "infra/deployment", "handlers", "client", "workflow"];

/**
 * @param outDir where it goes; what is there is replaced
 * @throws Error saying that the page does not build, with the reason on the next lines
 */
export const buildConsole = (outDir: string): Promise<void> =>
  runBuild("The console", "infra/operate/console/programs/build-client.ts", outDir);

/** @returns the folder of what these sources build: built now, or since they changed last */
export const keptConsole = (): Promise<string> =>
  keepBuild({
    home: path.join(ROOT, "dist", "console"),
    digest: () => digestSources(CONSOLE_SOURCES),
    build: buildConsole,
  });
