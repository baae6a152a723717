/** Runs a command of package.json's as a person would, and says how it ended. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import packageJson from "../../package.json" with { type: "json" };

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * @param script its name in package.json, e.g. `dead-letters`
 * @param env beside what a person's shell has
 */
export function runNpmCommand(
  script: keyof typeof packageJson.scripts,
  words: string[],
  env: Record<string, string> = {},
): Promise<CommandResult> {
  const [, file] = /^tsx (\S+\.ts)$/.exec(packageJson.scripts[script]) ?? [];
  if (!file) throw new Error(`npm run ${script} is not one TypeScript file`);
  const foreign =
    /^(VITEST|NODE_ENV$|POWERTOOLS_|AWS_|STRIPE_|CLIENT_URL|STATE_MACHINE_ARN|OVERFLOW_QUEUE_URL|EDUCATION_)/;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const child = spawn(process.execPath, ["--import", "tsx", file, ...words], {
    cwd: root,
    env: { ...inherited, ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
}
