// @ts-check
/** Loads a program. What it needs and does not find is told in a sentence; from there on the program speaks for itself. */
import { explainMissingPackage } from "./explain-missing-package.js";

/** @param {() => Promise<void>} load */
export async function runProgram(load) {
  try {
    await load();
  } catch (error) {
    const sentence = explainMissingPackage(error);
    if (!sentence) throw error;
    process.stderr.write(`${sentence}\n`);
    process.exitCode = 1;
  }
}
