// @ts-check
/** `node infra/builds/run-kept.js <program.ts> ...`: runs a program as one script, which is made when its sources have changed. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { keptPrograms } from "./kept-programs.js";

const [node = "", , program = "", ...words] = process.argv;
const script = path.join(await keptPrograms(), program.replace(/\.ts$/, ".mjs"));
process.argv = [node, script, ...words];
await import(pathToFileURL(script).href);
