// @ts-check
/** `node infra/command-line/run-sources.js <program.ts> ...`: runs a program from its sources, in this process. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { runProgram } from "./run-program.js";

const [node = "", , program = "", ...words] = process.argv;

await runProgram(async () => {
  const { register } = await import("tsx/esm/api");
  register();
  process.argv = [node, path.resolve(program), ...words];
  await import(pathToFileURL(path.resolve(program)).href);
});
