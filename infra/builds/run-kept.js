// @ts-check
/** `node infra/builds/run-kept.js <program.ts> ...`: runs a program as one script, which is made when its sources have changed. */
import nodeModule from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { runProgram } from "../command-line/run-program.js";
import { ROOT } from "./digest-sources.js";
import { keptPrograms } from "./kept-programs.js";

const [node = "", , program = "", ...words] = process.argv;

await runProgram(async () => {
  // Since Node 22: what was compiled once is kept, too.
  /** @type {{ enableCompileCache?: (directory: string) => void }} */ (nodeModule).enableCompileCache?.(
    path.join(ROOT, "dist", "compiled"),
  );
  const file = path.relative(ROOT, path.resolve(program));
  const script = path.join(await keptPrograms(), file.replace(/\.ts$/, ".mjs"));
  process.argv = [node, script, ...words];
  await import(pathToFileURL(script).href);
});
