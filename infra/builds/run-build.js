// @ts-check
/** Runs a build in a process of its own: a bundler keeps hundreds of megabytes once it has been loaded. */
import { execFile } from "node:child_process";
import { ROOT } from "./digest-sources.js";

/** What would make another build of the same sources, from the shell of whoever builds. */
const FOREIGN_VARIABLES = /^(NODE_ENV|NODE_OPTIONS|VITE_.*|BABEL_ENV|BROWSERSLIST.*|LIGHTNINGCSS.*)$/;

/**
 * @param {string} what e.g. `The client`
 * @param {string} program from the root; given the folder
 * @param {string} outDir where the build goes
 * @returns {Promise<void>}
 * @throws Error saying that it does not build, with the reason on the next lines
 */
export function runBuild(what, program, outDir) {
  const variables = Object.entries(process.env).filter(([name]) => !FOREIGN_VARIABLES.test(name));
  const env = { ...Object.fromEntries(variables), NODE_ENV: "production" };
  return new Promise((resolve, reject) => {
    const words = ["infra/command-line/run-sources.js", program, outDir];
    execFile(process.execPath, words, { cwd: ROOT, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${what} does not build.\n${stdout}${stderr}`.trim(), { cause: error }));
      else resolve();
    });
  });
}
