// @ts-check
/** Makes few scripts of a program's files and its packages': thousands of files to find, read and compile are what a start waits for. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, stop } from "esbuild";
import { ROOT } from "./digest-sources.js";

/** In two parts, since this file is bundled too. */
const META = ["import", "meta"].join(".");

/**
 * @param {string[]} entries programs, from the root; each becomes a script of its path's name
 * @param {string} directory where they go, somewhere below the root: packages are found from there
 * @returns the files that they are made of, and those with something in them that only Node could resolve
 */
export async function bundlePrograms(entries, directory) {
  // Each by itself: what two share would have all that either needs of it.
  const bundling = Promise.all(entries.map((entry) => bundleProgram(entry, directory)));
  const bundles = await bundling.catch(sayAsNode).finally(() => void stop());
  /** @type {import("esbuild").Metafile["inputs"]} */
  const inputs = Object.assign({}, ...bundles.map(({ metafile }) => metafile.inputs));
  return {
    inputs,
    unresolved: bundles.flatMap(({ warnings }) => warnings).flatMap(({ location }) => location?.file ?? []),
  };
}

/**
 * @param {string} entry
 * @param {string} directory
 */
const bundleProgram = (entry, directory) =>
  build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outdir: directory,
    outbase: ".",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    external: AS_INSTALLED,
    // ESM builds of packages, as what is deployed has them: of those only what is used is read.
    mainFields: ["module", "main"],
    banner: { js: REQUIRE },
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
    logOverride: Object.fromEntries(UNRESOLVED.map((kind) => [kind, "warning"])),
    legalComments: "none",
    metafile: true,
    plugins: [keepAddresses],
  });

/** They read files beside their own, or are asked for by few runs; found from the root, so in one version each. */
export const AS_INSTALLED = ["classic-level", "esbuild", "pino", "vite"];

/** What esbuild says of it. */
const UNRESOLVED = [
  "indirect-require",
  "require-resolve-not-external",
  "unsupported-dynamic-import",
  "unsupported-require-call",
];

/**
 * A package that is not installed is found missing here, before Node looks for it, and is explained by the same sentence.
 * @param {unknown} error
 * @returns {never}
 */
function sayAsNode(error) {
  const [, name] = /Could not resolve "([^".#/][^"]*)"/.exec(String(error)) ?? [];
  if (name === undefined) throw error;
  const missing = new Error(`Cannot find package '${name}'`, { cause: error });
  throw Object.assign(missing, { code: "ERR_MODULE_NOT_FOUND" });
}

/** For packages of the other module system. */
const REQUIRE = `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(${META}.url);`;

/** A package's files are not looked into: none of them looks for another. */
const OWN_FILES = new RegExp(
  `^${ROOT.replaceAll(/\W/g, String.raw`\$&`)}(?:infra|handlers|workflow)\\W.*\\.[jt]s$`,
);

/**
 * A file that looks for another beside itself finds it where it was written.
 * @type {import("esbuild").Plugin}
 */
const keepAddresses = {
  name: "keep-addresses",
  setup({ onLoad }) {
    onLoad({ filter: OWN_FILES }, ({ path: file }) => {
      const text = readFileSync(file, "utf8");
      if (!text.includes(META)) return undefined;
      const contents = text
        .replaceAll(`${META}.url`, JSON.stringify(pathToFileURL(file).href))
        .replaceAll(`${META}.dirname`, JSON.stringify(path.dirname(file)));
      return { contents, loader: file.endsWith(".ts") ? "ts" : "js" };
    });
  },
};
