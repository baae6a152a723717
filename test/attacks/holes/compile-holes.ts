/**
 * Source that does not compile fails any test and proves nothing, so every hole must be TypeScript. Holes of different
 * files are compiled together: each pass takes the next hole of every file.
 */
import { execFile } from "node:child_process";
import { groupByFile } from "./group-by-file.ts";
import type { Hole } from "./hole.ts";
import { plant } from "./source-copy.ts";

/** @throws Error with what the compiler says */
export async function compileHoles(root: string, holes: Hole[]): Promise<void> {
  const ofFile = [...groupByFile(holes).values()];
  const most = Math.max(...ofFile.map(({ length }) => length));
  for (let pass = 0; pass < most; pass += 1) {
    const planted = ofFile.flatMap((some) => some.slice(pass, pass + 1));
    const fillers = await Promise.all(planted.map((hole) => plant(root, hole)));
    const complaints = await compile(root);
    for (const fill of fillers) await fill();
    if (complaints) {
      const names = planted.map(({ file, hole }) => `${file}: ${hole}`).join("\n");
      throw new Error(`One of these holes does not compile:\n${names}\n\n${complaints}`);
    }
  }
}

function compile(root: string): Promise<string> {
  return new Promise((resolve) => {
    execFile("node_modules/.bin/tsc", ["-p", "."], { cwd: root }, (error, stdout) => {
      resolve(error ? stdout || error.message : "");
    });
  });
}
