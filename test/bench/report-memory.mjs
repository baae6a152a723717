/**
 * Loaded into a stack that is measured: on a signal it collects its garbage and writes down what memory is left. Plain
 * JavaScript, since it comes before whatever would strip types.
 */
import { renameSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

/** V8 gives pages back a while after it has emptied them. */
const GIVING_BACK_MS = 1_000;

/** @param {string} file */
async function report(file) {
  for (let round = 0; round < 2; round++) {
    collectGarbage();
    await pause(GIVING_BACK_MS);
  }
  writeFileSync(`${file}.part`, JSON.stringify(process.memoryUsage()));
  renameSync(`${file}.part`, file);
}

process.on("SIGUSR2", () => void report(process.env["BENCH_MEMORY_FILE"] ?? ""));
