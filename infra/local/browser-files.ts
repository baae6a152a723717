/** What the stand-ins' pages run in the browser, and what they wear. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { digestSources, ROOT } from "#infra/builds/digest-sources.js";
import { keepBuild } from "#infra/builds/keep-build.js";

export const BROWSER_FILES = [
  "infra/local/sign-in/sign-in.css",
  "infra/local/stripe/browser/stripe-js.ts",
  "infra/local/stripe/browser/checkout-form.ts",
  "infra/local/stripe/browser/checkout-form.css",
];

export const BROWSER_SOURCES = [
  "infra/local/browser-files.ts",
  "infra/local/sign-in",
  "infra/local/stripe",
  "client/tokens.css",
];

let kept: Promise<string> | undefined;

/**
 * @param name of one of them, as browsers take it, e.g. `stripe-js.js`
 * @returns the script or style sheet with all that it imports, as one text
 */
export async function readBrowserFile(name: string): Promise<string> {
  kept ??= keepBuild({
    home: path.join(ROOT, "dist", "browser"),
    digest: () => digestSources(BROWSER_SOURCES),
    build: bundleForBrowser,
  });
  return readFile(path.join(await kept, name), "utf8");
}

/** Each goes into the folder under its own name. */
async function bundleForBrowser(directory: string): Promise<void> {
  // Loaded here and not above: what is kept needs no bundler. And none that goes on running.
  const { buildSync, stop } = await import("esbuild");
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: BROWSER_FILES,
    outdir: directory,
    entryNames: "[name]",
    bundle: true,
    format: "iife",
    target: "es2022",
  });
  await stop();
}
