// @ts-check
/** Makes one script of a program's own files: hundreds of files to find, read and compile are what a start waits for. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, stop } from "esbuild";
import { ROOT } from "./digest-sources.js";

/**
 * @param {string[]} entries programs, from the root; each becomes a script of its path's name
 * @param {string} directory where they go, somewhere below the root: packages are found from there
 */
export async function bundlePrograms(entries, directory) {
  await build({
    absWorkingDir: ROOT,
    entryPoints: entries,
    outdir: directory,
    outbase: ".",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    // Programs have imports that matter by what they do.
    ignoreAnnotations: true,
    logLevel: "silent",
    plugins: [keepAddresses],
  });
  await stop();
}

/** In two parts, since this file is bundled too. */
const META = ["import", "meta"].join(".");

/**
 * A file that looks for another beside itself finds it where it was written.
 * @type {import("esbuild").Plugin}
 */
const keepAddresses = {
  name: "keep-addresses",
  setup({ onLoad }) {
    onLoad({ filter: /\.[jt]s$/ }, ({ path: file }) => {
      const text = readFileSync(file, "utf8");
      const contents = text
        .replaceAll(`${META}.url`, JSON.stringify(pathToFileURL(file).href))
        .replaceAll(`${META}.dirname`, JSON.stringify(path.dirname(file)));
      return { contents, loader: file.endsWith(".ts") ? "ts" : "js" };
    });
  },
};
