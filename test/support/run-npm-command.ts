/** Runs a command of package.json's as a person would, and says how it ended. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** @param file e.g. `infra/commands/ops.ts` */
export function runNpmCommand(
  file: string,
  words: string[],
  env: Record<string, string> = {},
): Promise<CommandResult> {
  const foreign =
    /^(VITEST|NODE_ENV$|POWERTOOLS_|AWS_|STRIPE_|CLIENT_URL|STATE_MACHINE_ARN|WEBHOOK_QUEUE_URL|EDUCATION_)/;
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
