/** Runs the tests whose names match, in a process of their own, and tells how each ended. */
import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import type { NamedTest } from "./hole.ts";

export interface TestRun {
  passed: string[];
  /** By name, with what it failed by. */
  failed: { name: string; reason: string }[];
  /** What went wrong beside or before the tests. */
  trouble: string;
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** Milliseconds, for a browser and a stack of its own; a test's own limit is far below. */
const TIME_LIMIT = 300_000;

/** @param root where the repository, or a copy of it, is */
export async function runNamedTest(root: string, { file, title }: NamedTest): Promise<TestRun> {
  const report = path.join(root, "report.json");
  await rm(report, { force: true });
  const output = await runVitest(root, [
    ...["run", "--config", configOf(file), file, "--testNamePattern", title],
    ...["--reporter=json", `--outputFile=${report}`],
  ]);
  const text = await readFile(report, "utf8").catch(() => undefined);
  if (text === undefined) return { passed: [], failed: [], trouble: output.trim() };
  const { testResults } = reportSchema.parse(JSON.parse(text));
  const results = testResults.flatMap((suite) => suite.assertionResults);
  const named = (status: string) => results.filter((result) => result.status === status);
  return {
    passed: named("passed").map(({ fullName }) => fullName),
    failed: named("failed").map(({ fullName, failureMessages }) => ({
      name: fullName,
      reason: failureMessages?.join("\n") ?? "",
    })),
    trouble: testResults.map(({ message = "" }) => message).join("\n"),
  };
}

const configOf = (file: string) =>
  file.startsWith("test/end-to-end/") ? "test/end-to-end/vitest.config.ts" : "test/vitest.config.ts";

async function runVitest(root: string, words: string[]): Promise<string> {
  const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", ...words], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1" },
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
