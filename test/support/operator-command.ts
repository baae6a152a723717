/** An operator's command, as a person would give it, against a running stack. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { RunningStack } from "./running-stack.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export async function runOperatorCommand(
  { awsUrl, stripeUrl }: Pick<RunningStack, "awsUrl" | "stripeUrl">,
  command: "reconcile" | "dead-letters",
  ...words: string[]
): Promise<CommandResult> {
  const child = spawn(process.execPath, ["--import", "tsx", `infra/commands/${command}.ts`, ...words], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      AWS_ENDPOINT_URL: awsUrl,
      STRIPE_API_BASE: stripeUrl,
    },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
}
