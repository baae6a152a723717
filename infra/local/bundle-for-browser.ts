/** Compiles what the stand-ins' pages run in the browser, and what they wear. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** @returns the script or style sheet with all that it imports, as one text */
export async function bundleForBrowser(source: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(source)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}
