/** Runs the tests whose names match, in a process of their own, and tells how each ended. */
import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { NamedTest } from "./hole.ts";
import { RESULTS_FILE, type Results, resultsSchema } from "./result-reporter.ts";

/** Milliseconds, for a browser and a stack of its own; a test's own limit is far below. */
const TIME_LIMIT = 300_000;

/** @param root where the repository, or a copy of it, is */
export async function runNamedTest(root: string, { file, title }: NamedTest): Promise<Results> {
  const resultsFile = path.join(root, "test-results.json");
  await rm(resultsFile, { force: true });
  const words = ["run", "--config", configOf(file), file, "--testNamePattern", title];
  const output = await runVitest(root, [...words, "--reporter=./test/attacks/holes/result-reporter.ts"], {
    [RESULTS_FILE]: resultsFile,
  });
  const text = await readFile(resultsFile, "utf8").catch(() => undefined);
  return text === undefined ? { tests: [], trouble: [output.trim()] } : resultsSchema.parse(JSON.parse(text));
}

const configOf = (file: string) =>
  file.startsWith("test/end-to-end/") ? "test/end-to-end/vitest.config.ts" : "test/vitest.config.ts";

/** @returns what it said */
async function runVitest(root: string, words: string[], env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", ...words], {
    cwd: root,
    env: { ...process.env, ...env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIME_LIMIT,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  await new Promise((resolve) => child.once("close", resolve));
  return output;
}
