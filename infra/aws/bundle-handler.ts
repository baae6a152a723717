/** A handler as Lambda loads it: one way to bundle, for the deployment and for the bench that measures it. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildResult, buildSync } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The file that is loaded first; beside it is what it loads, some of it late. */
const ENTRY = "index.mjs";

/** @param entry below `handlers/`, e.g. `webhook.ts`. @param directory gets `index.mjs` and its parts */
export function bundleHandler(entry: string, directory: string): void {
  const built = buildSync({
    entryPoints: { index: `handlers/${entry}` },
    absWorkingDir: root,
    outdir: directory,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // What is imported late stays in files of its own: a cold start pays for every byte that it reads, run or not.
    splitting: true,
    // ESM builds of packages, since those can be shaken.
    mainFields: ["module", "main"],
    // What Express loads at once for those who send files, forms and nested queries in any encoding; see left-out/.
    alias: {
      "mime-db": "./infra/aws/left-out/media-types.json",
      "iconv-lite": "./infra/aws/left-out/encodings.ts",
      qs: "./infra/aws/left-out/nested-queries.ts",
    },
    // CommonJS packages inside an ESM bundle call require.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    logLevel: "warning",
    metafile: true,
    write: false,
  });
  mkdirSync(directory, { recursive: true });
  const used = listUsed(built, path.join(directory, ENTRY));
  for (const { path: file, contents } of built.outputFiles) if (used.has(file)) writeFileSync(file, contents);
}

/** esbuild also writes the late parts of code that it then drops; nothing refers to those. */
function listUsed({ metafile }: BuildResult<{ metafile: true }>, entry: string): Set<string> {
  const used = new Set<string>();
  const visit = (file: string) => {
    if (used.has(file)) return;
    used.add(file);
    for (const part of metafile.outputs[path.relative(root, file)]?.imports ?? [])
      if (!part.external) visit(path.resolve(root, part.path));
  };
  visit(entry);
  return used;
}
