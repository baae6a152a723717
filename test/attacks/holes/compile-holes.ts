/** Source that does not compile fails any test and proves nothing, so every hole must be TypeScript, or JSON. */
import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { withChange } from "#test/support/source-copy.ts";
import type { Hole } from "./hole.ts";

/**
 * Each hole's file is compiled as a sibling of the original, all of them at once.
 * @throws Error with what the compiler says
 */
export async function compileHoles(root: string, holes: Hole[]): Promise<void> {
  const siblings = holes.map(({ file }, index) => file.replace(/(\.\w+)$/, `.hole-${index}$1`));
  for (const [index, hole] of holes.entries()) {
    const source = withChange(await readFile(path.join(root, hole.file), "utf8"), hole);
    if (hole.file.endsWith(".json")) JSON.parse(source);
    await writeFile(path.join(root, siblings[index] ?? ""), source);
  }
  const complaints = await compile(root);
  for (const sibling of siblings) await rm(path.join(root, sibling));
  if (complaints) throw new Error(`The sources with holes do not compile.\n${complaints}`);
}

function compile(root: string): Promise<string> {
  return new Promise((resolve) => {
    execFile("node_modules/.bin/tsc", ["-b"], { cwd: root }, (error, stdout) => {
      resolve(error ? stdout || error.message : "");
    });
  });
}
