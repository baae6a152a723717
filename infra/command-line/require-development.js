// @ts-check
/** `node infra/command-line/require-development.js && tsc`: what is asked for by its own name is missing by name, too. */
import { explainMissingDevelopment } from "./explain-missing-package.js";

const sentence = explainMissingDevelopment();
if (sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
