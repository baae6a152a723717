/** Runs a program of somebody else's, without what this machine's user has set for AWS. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

interface Setting {
  /** What it reads. */
  input?: string;
  env?: Record<string, string>;
  cwd?: string;
}

/**
 * @returns what it wrote to stdout
 * @throws Error with its last words when it does not end well
 */
export async function runProgram(program: string, args: string[], setting: Setting = {}): Promise<string> {
  const { input = "", env = {}, cwd } = setting;
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  const child = spawn(program, args, {
    ...(cwd && { cwd }),
    // Nothing is written beside the sources.
    env: { ...Object.fromEntries(own), PYTHONDONTWRITEBYTECODE: "1", AWS_CONFIG_FILE: "/dev/null", ...env },
  });
  child.stdin.end(input);
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (code === 0) return output;
  throw new Error(`${program} ${args.join(" ")} ended with ${code}: ${errors.trim().slice(-2000)}`);
}
